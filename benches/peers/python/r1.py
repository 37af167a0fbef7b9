"""What every Python peer shares: the constants of R1, the command line and the summary. It knows no engine."""
import json
import sys

DAYS, REGIONS = 365, 85
REGISTERED, SUMMONED, SERVED, APPEARED, RESTRICTED, DEFERRED, DRAFTED = range(7)
STATES = 7

ISSUE_DAYS = 105
READ, READ_DAYS, DEEMED = 0.35, 7, 7
COMES, COMES_FROM, COMES_TO = 0.6, 1, 19
RESTRICTED_AFTER = 20
COMPLIES, LOCATED = 0.010, 0.002
DECIDED_AFTER = 3
PUT_OFF = 0.25

TRANSITIONS = ("issued", "served", "appeared", "restricted", "complied", "located", "deferred", "drafted")
SHOWN_DAYS = (0, 10, 30, 60, 90, 104, 120, 180, 270, 364)
REGION_DAY = 120


def arguments() -> tuple[int, int]:
    """PEOPLE [SEED] from the command line."""
    return int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1


def region_of(person: int, people: int) -> int:
    """Regions are runs of neighbours, equal but for one person."""
    return person * REGIONS // people


def report(people: int, seed: int, totals: dict, table) -> None:
    """Prints the summary; `table[day][region][state]` holds the counts at the end of each day."""
    nation = [[int(sum(row[state] for row in table[day])) for state in range(STATES)] for day in SHOWN_DAYS]
    regions = [[int(row[state]) for state in range(STATES)] for row in table[REGION_DAY]]
    print(json.dumps({
        "people": people,
        "seed": seed,
        "totals": {name: int(totals[name]) for name in TRANSITIONS},
        "shown_days": SHOWN_DAYS,
        "nation": nation,
        "region_day": REGION_DAY,
        "regions": regions,
    }))
