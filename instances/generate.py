"""Write a synthetic one-day conference as an event folder; same arguments, same bytes.

    python instances/generate.py --people 5000 --seed 7 DIR
    python instances/generate.py --shipped

The first line writes a new event, the second rewrites the two generated events that stand
beside this file. What every event has in common (sessions, rooms, municipalities, ...) is in
catalogue.toml. Time and memory grow linearly with the number of people.
"""

import argparse
import csv
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple, TypedDict, cast

HERE = Path(__file__).resolve().parent
SHIPPED = {"spil125": (125, 1), "spil500": (500, 1)}  # folder: people, seed
BASE = 500  # the catalogue's seats and counts belong to this many people
LEAST_PEOPLE, LEAST_SEATS = 100, 4

ZIPF = 0.8  # the k-th most popular session attracts 1 / k ** ZIPF
TASTE = 0.7  # how strongly people differ in their liking of a theme (a Gumbel scale)
INVITED_CHOOSE = 0.9  # share of the invited who put their session among their first three
MIDDLING = 4  # so many sessions lie between the repeated ones and those that need an audience
AUDITION = 30  # of so many random people, the one closest to the theme presents


class Region(TypedDict):
    """A part of the province: inhabitants per municipality, organisations per sector."""

    name: str
    municipalities: dict[str, int]
    organisations: dict[str, list[str]]


class Theme(TypedDict):
    """A theme, the sectors that care for it, and its sessions (title and perhaps needs)."""

    name: str
    interest: dict[str, float]
    sessions: list[dict[str, str]]


class Room(TypedDict):
    """A room of the 500-person venue."""

    name: str
    seats: int
    features: str


class SessionPlan(TypedDict):
    """Which sessions are special, and how many of the others are."""

    two_presenters: int
    least_people: int
    three_runs: int
    two_runs: int
    invited_only: str
    invited_round: str
    apart: list[str]
    parts: list[str]
    morning_only: str
    same_presenter: list[list[str]]


class Catalogue(TypedDict):
    """The whole of catalogue.toml."""

    points: list[int]
    sectors: dict[str, int]
    roles: dict[str, list[str]]
    counts: dict[str, int]
    sessions: SessionPlan
    regions: list[Region]
    themes: list[Theme]
    rooms: list[Room]
    rounds: list[dict[str, str]]


@dataclass
class Person:
    """One Spil; `choices` runs from best to worst."""

    id: str
    municipality: str
    organisation: str
    sector: str
    role: str
    invited: bool = False
    late: bool = False
    wheelchair: bool = False
    choices: list[str] = field(default_factory=list)


@dataclass
class Session:
    """One session with the theme it belongs to."""

    id: str
    title: str
    theme: Theme
    needs: str
    presenters: list[str] = field(default_factory=list)
    least_people: int = 0
    max_runs: int = 1


class Event(NamedTuple):
    """All that one folder is written from."""

    catalogue: Catalogue
    people: list[Person]
    sessions: list[Session]
    command: str


def scaled(count: int, people: int) -> int:
    """Scale a count that belongs to 500 people, rounding half up."""
    return (2 * count * people + BASE) // (2 * BASE)


def read_catalogue() -> Catalogue:
    """Read catalogue.toml."""
    with (HERE / "catalogue.toml").open("rb") as file:
        return cast(Catalogue, tomllib.load(file))


def shares(weights: Sequence[int], total: int) -> list[int]:
    """Divide `total` in proportion to the weights (largest remainder)."""
    whole = sum(weights)
    parts = [weight * total // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(weights[i] * total % whole))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def homes(catalogue: Catalogue, people: int, rng: Random) -> list[tuple[str, Region]]:
    """Give everyone a municipality, as many per municipality as its inhabitants call for."""
    places = [(name, r) for r in catalogue["regions"] for name in r["municipalities"]]
    counts = shares([r["municipalities"][name] for name, r in places], people)
    spread = [place for place, count in zip(places, counts, strict=True) for _ in range(count)]
    rng.shuffle(spread)
    return spread


def make_people(catalogue: Catalogue, people: int, rng: Random) -> list[Person]:
    """Everyone with home, organisation, sector and role, but no choices yet."""
    width = max(3, len(str(people)))
    sectors = list(catalogue["sectors"])
    cumulative = list(accumulate(catalogue["sectors"].values()))
    result = []
    for number, (municipality, region) in enumerate(homes(catalogue, people, rng), start=1):
        sector = rng.choices(sectors, cum_weights=cumulative)[0]
        organisation = rng.choice(region["organisations"][sector])
        roles = catalogue["roles"][sector]
        role = roles[min(rng.randrange(len(roles)), rng.randrange(len(roles)))]
        name = f"Spil {number:0{width}d}"
        result.append(Person(name, municipality, organisation, sector, role))
    return result


def invite(catalogue: Catalogue, people: list[Person], rng: Random) -> None:
    """Make some people board members, invited to the one session that is not open to all."""
    for person in rng.sample(people, scaled(catalogue["counts"]["invited"], len(people))):
        person.invited = True
        person.role = "bestuurslid"


def make_sessions(catalogue: Catalogue) -> list[Session]:
    """All sessions in the order of the catalogue, S01 first."""
    offered = [(theme, item) for theme in catalogue["themes"] for item in theme["sessions"]]
    return [
        Session(f"S{number:02d}", item["title"], theme, item.get("needs", ""))
        for number, (theme, item) in enumerate(offered, start=1)
    ]


def cast_presenter(pool: list[Person], theme: Theme, rng: Random) -> str:
    """Take one person out of the pool, by preference one whose sector cares for the theme."""
    heard = rng.sample(range(len(pool)), min(AUDITION, len(pool)))
    best = max(heard, key=lambda i: theme["interest"].get(pool[i].sector, 1.0))
    pool[best], pool[-1] = pool[-1], pool[best]
    return pool.pop().id


def assign_presenters(
    catalogue: Catalogue, sessions: list[Session], people: list[Person], rng: Random
) -> None:
    """Give every session one or two presenters; nobody invited presents."""
    plan = catalogue["sessions"]
    pool = [person for person in people if not person.invited]
    doubled = set(rng.sample(range(len(sessions)), plan["two_presenters"]))
    earlier = {second: first for first, second in plan["same_presenter"]}
    first_of: dict[str, str] = {}
    for i, session in enumerate(sessions):
        known = first_of.get(earlier.get(session.id, ""))
        first_of[session.id] = known or cast_presenter(pool, session.theme, rng)
        session.presenters.append(first_of[session.id])
        if i in doubled:
            session.presenters.append(cast_presenter(pool, session.theme, rng))


def morning_presenter(catalogue: Catalogue, sessions: list[Session]) -> str:
    """The presenter who leaves after the morning."""
    wanted = catalogue["sessions"]["morning_only"]
    return next(session.presenters[0] for session in sessions if session.id == wanted)


def mark_absence_and_access(
    catalogue: Catalogue, people: list[Person], morning: str, rng: Random
) -> None:
    """Some arrive after the first round (not the morning presenter), some use a wheelchair."""
    counts = catalogue["counts"]
    others = [person for person in people if person.id != morning]
    for person in rng.sample(others, scaled(counts["late"], len(people))):
        person.late = True
    for person in rng.sample(people, scaled(counts["wheelchair"], len(people))):
        person.wheelchair = True


def attraction(
    sessions: list[Session], sectors: Iterable[str], rng: Random
) -> dict[str, list[float]]:
    """Per sector, how strongly each session attracts: its popularity times the interest."""
    popularity = [1 / rank**ZIPF for rank in range(1, len(sessions) + 1)]
    rng.shuffle(popularity)
    return {
        sector: [
            popular * session.theme["interest"].get(sector, 1.0)
            for popular, session in zip(popularity, sessions, strict=True)
        ]
        for sector in sectors
    }


def best_first(
    person: Person, weights: list[float], sessions: list[Session], count: int, rng: Random
) -> list[str]:
    """Draw a ranked list: the next choice falls on a session in proportion to its weight.

    Each session gets an exponential waiting time at the rate of its weight times the person's
    taste for the theme; the shortest wait comes first (Plackett-Luce).
    """
    taste: dict[str, float] = {}
    waits: list[tuple[float, str]] = []
    for session, weight in zip(sessions, weights, strict=True):
        theme = session.theme["name"]
        if theme not in taste:
            taste[theme] = rng.expovariate(1.0) ** -TASTE
        wait = rng.expovariate(1.0) / (weight * taste[theme])
        if person.id not in session.presenters:
            waits.append((wait, session.id))
    return [session_id for _, session_id in nsmallest(count, waits)]


def list_lengths(catalogue: Catalogue, people: int, rng: Random) -> list[int]:
    """How many choices each person hands in: mostly all, some few, some none."""
    counts = catalogue["counts"]
    silent, brief = scaled(counts["silent"], people), scaled(counts["brief"], people)
    full = [len(catalogue["points"])] * (people - silent - brief)
    lengths = full + [0] * silent + [rng.randint(1, 3) for _ in range(brief)]
    rng.shuffle(lengths)
    return lengths


def choose(
    catalogue: Catalogue, people: list[Person], sessions: list[Session], rng: Random
) -> None:
    """Let everyone hand in their choices; the invited put their own session near the top."""
    closed = catalogue["sessions"]["invited_only"]
    offered = [session for session in sessions if session.id != closed]
    weights = attraction(offered, catalogue["sectors"], rng)
    lengths = list_lengths(catalogue, len(people), rng)
    for person, length in zip(people, lengths, strict=True):
        person.choices = best_first(person, weights[person.sector], offered, length, rng)
        if person.invited and length and rng.random() < INVITED_CHOOSE:
            person.choices.insert(rng.randrange(min(3, length)), closed)
            person.choices.pop()


def set_runs_and_least(
    catalogue: Catalogue, people: list[Person], sessions: list[Session], once: bool
) -> None:
    """Let the most chosen sessions repeat, and give some middling ones a least audience."""
    plan = catalogue["sessions"]
    chosen = dict.fromkeys((session.id for session in sessions), 0)
    for person in people:
        for session_id in person.choices:
            chosen[session_id] += 1
    once_only = {plan["invited_only"], *plan["parts"]}
    free = [session for session in sessions if session.id not in once_only]
    free.sort(key=lambda session: (-chosen[session.id], session.id))
    three, repeated = plan["three_runs"], plan["three_runs"] + plan["two_runs"]
    if not once:
        for place, session in enumerate(free[:repeated]):
            session.max_runs = 3 if place < three else 2
    for session in free[repeated + MIDDLING :][: plan["least_people"]]:
        session.least_people = scaled(catalogue["counts"]["least_people"], len(people))


def make_event(people: int, seed: int, once: bool) -> Event:
    """Make a whole event from its three arguments."""
    rng = Random(seed)
    catalogue = read_catalogue()
    spillen = make_people(catalogue, people, rng)
    sessions = make_sessions(catalogue)
    invite(catalogue, spillen, rng)
    assign_presenters(catalogue, sessions, spillen, rng)
    mark_absence_and_access(catalogue, spillen, morning_presenter(catalogue, sessions), rng)
    choose(catalogue, spillen, sessions, rng)
    set_runs_and_least(catalogue, spillen, sessions, once)
    command = f"generate.py --people {people} --seed {seed}{' --once' if once else ''}"
    return Event(catalogue, spillen, sessions, command)


def event_toml(event: Event) -> str:
    """The text of event.toml, with comments for the organiser."""
    plan = event.catalogue["sessions"]
    template = (HERE / "event.toml.template").read_text(encoding="utf-8")
    return template.format(
        people=len(event.people),
        command=event.command,
        points=event.catalogue["points"],
        apart=plan["apart"],
        parts=plan["parts"],
        morning_only=plan["morning_only"],
        morning=morning_presenter(event.catalogue, event.sessions),
    )


def write_table(path: Path, header: str, rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file that a Dutch Excel opens as it is: semicolons and a byte order mark."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)


def write_venue(event: Event, folder: Path) -> None:
    """Write rounds.csv and rooms.csv."""
    rounds = event.catalogue["rounds"]
    write_table(
        folder / "rounds.csv", "round name start end kind", [list(row.values()) for row in rounds]
    )
    rooms = [
        (
            f"Z{n:02d}",
            r["name"],
            max(LEAST_SEATS, scaled(r["seats"], len(event.people))),
            r["features"],
        )
        for n, r in enumerate(event.catalogue["rooms"], start=1)
    ]
    write_table(folder / "rooms.csv", "room name seats features", rooms)


def session_row(session: Session, plan: SessionPlan) -> list[object]:
    """One row of sessions.csv."""
    closed = session.id == plan["invited_only"]
    return [
        session.id,
        session.title,
        session.theme["name"],
        "|".join(session.presenters),
        session.least_people or "",
        session.max_runs,
        plan["invited_round"] if closed else "",
        session.needs,
        "bestuur" if closed else "",
    ]


def person_row(person: Person) -> list[object]:
    """One row of participants.csv."""
    return [
        person.id,
        person.organisation,
        person.municipality,
        person.sector,
        person.role,
        "bestuur" if person.invited else "",
        "R1" if person.late else "",
        "drempelvrij" if person.wheelchair else "",
    ]


def write_event(event: Event, folder: Path) -> None:
    """Write the six files of an event folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "event.toml").write_text(event_toml(event), encoding="utf-8", newline="\n")
    write_venue(event, folder)
    plan = event.catalogue["sessions"]
    write_table(
        folder / "sessions.csv",
        "session title theme presenters min_people max_runs rounds needs only_for",
        (session_row(session, plan) for session in event.sessions),
    )
    write_table(
        folder / "participants.csv",
        "participant organisation municipality sector role groups absent needs",
        (person_row(person) for person in event.people),
    )
    write_table(
        folder / "choices.csv",
        "participant session rank",
        ((p.id, s, rank) for p in event.people for rank, s in enumerate(p.choices, start=1)),
    )


def people_count(text: str) -> int:
    """Read --people; a day this full of presenters needs some people to hear them."""
    number = int(text)
    if number < LEAST_PEOPLE:
        raise argparse.ArgumentTypeError(f"at least {LEAST_PEOPLE} people")
    return number


def main() -> None:
    """Read the command line and write what it asks for."""
    parser = argparse.ArgumentParser(description="Write a synthetic event folder.")
    parser.add_argument("folder", metavar="DIR", nargs="?", type=Path, help="folder to write")
    parser.add_argument("--people", type=people_count, default=BASE, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--once", action="store_true", help="every session runs exactly once")
    parser.add_argument("--shipped", action="store_true", help="rewrite the committed events")
    options = parser.parse_args()
    if options.shipped == bool(options.folder):
        parser.error("give either DIR or --shipped")
    if options.folder:
        write_event(make_event(options.people, options.seed, options.once), options.folder)
        return
    for name, (people, seed) in SHIPPED.items():
        write_event(make_event(people, seed, once=False), HERE / name)


if __name__ == "__main__":
    main()
