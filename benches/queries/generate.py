"""Claims documents about things that were made up, in the shape of real ones: one JSON object a line on standard output.

Usage: generate.py DOCUMENTS    The same number gives the same bytes. Eight claims a document, some 21 quads a claim.
"""

import json
import random
import sys

COUNTRIES = """Argentina Australia Austria Belgium Bhutan Bolivia Brazil Canada Chile China Colombia Denmark Ecuador Egypt
Estonia Finland France Germany Ghana Greece Guatemala Honduras Hungary Iceland India Indonesia Ireland Italy Japan Kenya
Luxembourg Malaysia Malta Mexico Morocco Nepal Netherlands Nigeria Norway Pakistan Panama Paraguay Peru Philippines Poland
Portugal Romania Rwanda Senegal Singapore Slovakia Slovenia Spain Sweden Switzerland Thailand Tunisia Turkey Uganda
Ukraine Uruguay Vietnam Zambia Zimbabwe""".split() + ["El Salvador", "United States", "United Kingdom", "Central African Republic"]
TOPICS = ["bitcoin", "stablecoins", "cbdc", "mining", "tokenisation", "regulation", "licensing", "taxation", "fraud", "energy"]
ASSETS = {"bitcoin": "BTC", "ether": "ETH", "usdt": "USDT"}
LANGUAGES = ["nl", "en", "es", "de", "fr", "pt"]
SYLLABLES = "ba be bo da de di do fa fe ga ge go ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe ra re ri ro sa se ta te ti to va ve vi vo".split()
IMF = "International Monetary Fund"


class World:
    """Names, each with its type and its country."""

    def __init__(self, rng):
        self.rng = rng
        self.companies = [(f"{self.name()} {kind}", "company", self.country()) for kind in ("Exchange", "Coin", "Capital", "Labs") for _ in range(700)]
        self.people = [(f"{self.name()} {self.name()}", "person", self.country()) for _ in range(2500)]
        self.bodies = [(f"{self.name()} {kind}", type_, self.country())
                       for kind, type_ in (("Crypto Council", "agency"), ("Virtual Assets Authority", "regulator"), ("Digital Office", "agency"))
                       for _ in range(250)]
        self.laws = [(f"{self.name()} Act", "law", self.country()) for _ in range(900)]

    def country(self):
        return self.rng.choice(COUNTRIES)

    def name(self):
        return "".join(self.rng.choice(SYLLABLES) for _ in range(self.rng.randint(3, 5))).capitalize()


class Document:
    """One claims document in the making. Each claim has a sentence of its own, in which its names stand."""

    def __init__(self, rng, number):
        self.rng = rng
        self.number = number
        self.entities = {}
        self.claims = []
        self.sentences = []

    def entity(self, name, kind, country=None):
        if name not in self.entities:
            self.entities[name] = {"id": f"e{len(self.entities) + 1}", "name": name, "type": kind}
        return {"entity": self.entities[name]["id"]}

    def any(self, things):
        return self.entity(*self.rng.choice(things))

    def land(self):
        return self.entity(self.rng.choice(COUNTRIES), "country")

    def concept(self, *values):
        return {"concept": self.rng.choice(values)}

    def day(self):
        form = self.rng.randrange(10)
        year, month, day = self.rng.randint(2018, 2025), self.rng.randint(1, 12), self.rng.randint(1, 28)
        return {"date": f"{year}" if form == 0 else f"{year}-{month:02}" if form == 1 else f"{year}-{month:02}-{day:02}"}

    def amount(self, unit, low, high):
        return {"number": self.rng.randint(low, high), "unit": unit}

    def claim(self, frame, roles):
        names = {e["id"]: e["name"] for e in self.entities.values()}
        said = [names[v["entity"]] for values in roles.values() for v in values if "entity" in v]
        sentence = f"On line {self.number}.{len(self.claims) + 1} stand {', '.join(said) or 'no names'}."
        modality = self.rng.choices(["actual", "planned", "possible"], [8, 1, 1])[0]
        polarity = self.rng.choices(["affirmed", "negated"], [19, 1])[0]
        for values in roles.values():
            for value in values:
                if "entity" not in value:
                    value["inferred"] = True
        self.claims.append({"frame": frame, "roles": roles, "modality": modality, "polarity": polarity, "evidence": [{"quote": sentence}]})
        self.sentences.append(sentence)

    def line(self):
        rng, number = self.rng, self.number
        published = f"{rng.randint(2019, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        return {
            "document": {"id": f"made-up-{number}", "title": f"Made up {number}", "publisher": f"Paper {rng.randrange(60)}",
                         "published": published, "language": rng.choice(LANGUAGES), "text": " ".join(self.sentences),
                         "extractor": {"name": "generator", "version": "1"}},
            "entities": list(self.entities.values()),
            "claims": self.claims,
        }


def roles(doc, world, frame):
    """What fills the roles of a claim."""
    rng, date = doc.rng, [doc.day()]
    concept, any_ = doc.concept, doc.any
    asset = rng.choice(list(ASSETS))
    if frame == "agreement":
        return {"party": [any_(world.bodies), any_(world.bodies)], "instrument": [concept("letter-of-intent", "memorandum-of-understanding", "treaty")],
                "signatory": [any_(world.people)], "date": date, "topic": [concept(*TOPICS)]}
    if frame == "meeting":
        return {"participant": [any_(world.people), any_(world.people)], "date": date, "topic": [concept(*TOPICS)]}
    if frame == "programme":
        return {"participant": [doc.land()], "institution": [doc.entity(IMF, "institution")], "amount": [doc.amount("USD", 10**7, 10**10)], "date": date}
    if frame == "establishment":
        return {"body": [any_(world.bodies)], "action": [concept("founded", "dissolved", "renamed")], "founder": [doc.land()], "jurisdiction": [doc.land()], "date": date}
    if frame == "legal-tender":
        return {"jurisdiction": [doc.land()], "asset": [{"concept": asset}], "action": [concept("adopted", "revoked")], "date": date}
    if frame == "holding":
        return {"holder": [any_(world.companies)], "asset": [{"concept": asset}], "quantity": [doc.amount(ASSETS[asset], 1, 500_000)], "date": date}
    if frame == "reserve":
        return {"holder": [doc.land()], "asset": [{"concept": asset}], "date": date}
    if frame == "acquisition":
        return {"actor": [any_(world.companies)], "asset": [{"concept": asset}], "action": [concept("bought", "sold")], "quantity": [doc.amount(ASSETS[asset], 1, 9000)], "date": date}
    if frame == "energy-allocation":
        return {"allocator": [doc.land()], "power": [doc.amount("MW", 5, 3000)], "purpose": [concept("mining", "energy")], "date": date}
    if frame == "legislation":
        return {"instrument": [any_(world.laws)], "action": [concept("proposed", "passed", "signed", "in-force", "amended")], "jurisdiction": [doc.land()], "date": date, "topic": [concept(*TOPICS)]}
    if frame == "licence":
        return {"authority": [any_(world.bodies)], "licensee": [any_(world.companies)], "action": [concept("granted", "refused", "revoked")], "date": date}
    if frame == "ban":
        return {"authority": [doc.land()], "target": [any_(world.companies)], "action": [concept("imposed", "lifted")], "date": date}
    if frame == "enforcement":
        return {"authority": [any_(world.bodies)], "target": [any_(world.companies)], "action": [concept("fined", "sued", "charged")],
                "amount": [doc.amount("USD", 10**4, 10**9)], "date": date, "topic": [concept(*TOPICS)]}
    if frame == "office":
        return {"person": [any_(world.people)], "organisation": [any_(world.bodies)], "action": [concept("appointed", "holds", "left")], "date": date}
    if frame == "stance":
        return {"speaker": [any_(world.bodies)], "target": [any_(world.laws)], "stance": [concept("supports", "opposes", "warns")], "topic": [concept(*TOPICS)], "date": date}
    return {"jurisdiction": [doc.land()], "rate": [doc.amount("percent", 1, 40)], "action": [concept("imposed", "lifted")], "date": date}


FRAMES = ["agreement", "meeting", "programme", "establishment", "legal-tender", "holding", "reserve", "acquisition", "energy-allocation",
          "legislation", "licence", "ban", "enforcement", "office", "stance", "tax"]


def main():
    rng = random.Random(20250716)
    world = World(rng)
    for number in range(int(sys.argv[1])):
        doc = Document(rng, number)
        for _ in range(8):
            frame = rng.choice(FRAMES)
            doc.claim(frame, roles(doc, world, frame))
        sys.stdout.write(json.dumps(doc.line(), ensure_ascii=False) + "\n")


main()
