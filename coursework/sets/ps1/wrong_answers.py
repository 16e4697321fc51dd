"""Plausible wrong answers to problem set 1: code, the points it earns, words the student gets."""

HEADS = """
size = comparison.query("verification != 'unchecked'").set_index(["indicator", "period_end_year"])
def pair(year, people=150, need=220):
    ours = 1000 * size["figure"]["grain_output", year] / size["figure"]["population", year]
    theirs = 1000 * size["figure"][mine.harvest, 1928] / people
    return [ours / theirs, (ours - need) / (theirs - need)]
"""
STEEL = """
made = soviet_steel.set_index("period_end_year")["value"]
times, years = made[mine.end] / made[1928], mine.end - 1928
growth = 100 * (times ** (1 / years) - 1)
right = "below" if growth < 12.39 else "above" if growth > 14.57 else "inside"
"""
PATHS = """
path = two_sector_path([0.20, 0.80], 15, 0.20, 0.30, machines=0.249, cloth=0.751)
T, (light, heavy) = mine.end - 1928, path.cloth
"""
TOWNS = """
harvest = harvests["output_official_old"]
fed = towns[1957] * harvest[mine.year] / harvest[1957]
"""
SALES = """
sold = marketed(0.7, mine.response, at_par=100)
"""
DATES = """
right = {1959: "ruled_out", 1960: "too_coarse", 1961: "allowed"}[mine.year]
rest = [word for word in ("ruled_out", "too_coarse", "allowed") if word != right]
"""

BANK = {
    "q1": [
        (HEADS + "ratios = pair(1957)", 6, "when its First Plan was over"),
        (HEADS + "ratios = pair(1952, people=154)", 6, "the row graded unchecked"),
        (HEADS + "ratios = [1 / r for r in pair(1952)]", 6, "the Soviet Union over China"),
        (HEADS + "ratios = [pair(1952)[0]] * 2", 6, "take 220 kg from both sides"),
        (HEADS + "ratios = [round(r, 2) for r in pair(1952)]", 9, "rounded too far"),
        (HEADS + "ratios = [pair(1952)[0], pair(1957)[1]]", 6, "Number 2 of 2"),
        (HEADS + "ratios = [100 * r for r in pair(1952)]", 6, "per cent; a ratio of equals is 1"),
        (
            HEADS + "ratios = [164 / size['figure'][mine.harvest, 1928], pair(1952)[1]]",
            6,
            "Number 1 of 2",
        ),
        (HEADS + "ratios = pair(1952)[0]", 0, "should be a list of numbers"),
        ("ratios = ...", 0, "No answer was left"),
    ],
    "q2": [
        (STEEL + "growth = 100 * (times - 1) / years", 2.5, "growth builds on growth"),
        (STEEL + "growth = 100 * (times ** (1 / (years + 1)) - 1)", 5, "there are"),
        (STEEL + "growth = 100 * (times - 1)", 2.5, "the rise over the whole window"),
        (STEEL + "import numpy as np\ngrowth = 100 * np.log(times) / years", 5, "logarithmic rate"),
        (STEEL + "growth = growth / 100", 5, "100 times too small"),
        (STEEL + "growth = -growth", 5, "sign is not"),
        (STEEL + "growth = f'{growth:.1f} %'", 0, "this is a str"),
    ],
    "q3": [
        (
            STEEL + "growth, record = (3.0, 'below') if right == 'above' else (30.0, 'above')",
            8,
            "follows from your own growth",
        ),
        (
            STEEL + "record = {'below': 'inside', 'inside': 'above', 'above': 'below'}[right]",
            0,
            "compare only as yearly growth",
        ),
        (
            STEEL + "record = {'below': 'above', 'inside': 'below', 'above': 'inside'}[right]",
            0,
            "asked for 12.4 to 14.6 per cent a year",
        ),
        ("record = 'faster'", 0, "not among the choices"),
        ("record = 13.6", 0, "this is a float"),
        ("record = ...", 0, "No answer was left"),
    ],
    "q4": [
        (PATHS + "shortfall = 100 * (light[T] / heavy[T] - 1)", 6, "a share of the heavy path"),
        (PATHS + "shortfall = 100 * (1 - heavy[T - 1] / light[T - 1])", 6, "a year early"),
        (
            PATHS + "shortfall = 100 * (1 - heavy[1:T + 1].sum() / light[1:T + 1].sum())",
            6,
            "adds up all the years",
        ),
        (
            "path = two_sector_path([0.20, 0.80], 15, 0.20, 0.30).cloth[:, mine.end - 1928]\n"
            "shortfall = 100 * (1 - path[1] / path[0])",
            6,
            "from 21 per cent",
        ),
        (
            PATHS + "shortfall = 100 * (1 - path.machines[1, T] / path.machines[0, T])",
            3,
            "the question asks what is consumed",
        ),
        (
            "path = two_sector_path([0.20, 0.80], 15, 0.20, 0.30, machines=0.249, cloth=0.5)\n"
            "light, heavy = path.cloth[:, mine.end - 1928]\n"
            "shortfall = 100 * (1 - heavy / light)",
            6,
            "what investment leaves of 1",
        ),
        (PATHS + "shortfall = 100 * (1 - heavy[15] / light[15])", 6, "This is year 15"),
        (PATHS + "shortfall = 1 - heavy[T] / light[T]", 6, "100 times too small"),
        (PATHS + "shortfall = 100 * (heavy[T] / light[T] - 1)", 6, "sign is not"),
        (PATHS + "shortfall = heavy / light", 0, "ndarray"),
    ],
    "q5": [
        (TOWNS + "beyond = fed", 6, "the people the rule could feed"),
        (TOWNS + "beyond = towns[1957] - fed", 3, "by your year they had grown"),
        (TOWNS + "beyond = towns[mine.year] - towns[1957]", 3, "the harvest changed too"),
        (
            TOWNS + "taken = harvests['procurement_linyang']\n"
            "beyond = towns[mine.year] - towns[1957] * taken[mine.year] / taken[1957]",
            3,
            "not 1957's share",
        ),
        (TOWNS + "beyond = fed - towns[mine.year]", 6, "sign is not"),
        (TOWNS + "beyond = 1e6 * (towns[mine.year] - fed)", 6, "1,000,000 times too large"),
        (TOWNS + "beyond = towns[mine.year] / fed", 0, "Not this value"),
    ],
    "q6": [
        ("saved = (1.0 - 0.7) * 100", 2.5, "the plan on paper"),
        ("saved = 0.3 * 100 * (1 - mine.response * 0.3)", 5, "from what the last one left"),
        (SALES + "saved = 0.7 * sold", 2.5, "what the villages are paid"),
        (SALES + "saved = sold", 2.5, "the question asks for rubles"),
        ("saved = 0.3 * marketed(1 / 0.7, mine.response, at_par=100)", 5, "sales fall"),
        ("saved = 0.3 * marketed(0.7, mine.response)", 5, "100 times too small"),
        (SALES + "saved = 0.3, sold", 0, "one number, with a decimal point"),
    ],
    "q7": [
        ("burden = 100 * 1100 / 761", 2.5, "old rubles over new ones"),
        ("burden = 100 * 1100 * 4.44 / 761", 2.5, "an old one is less"),
        ("burden = 100 * 1100 / (761 / 4.44)", 2.5, "turned the ruble the wrong way"),
        ("burden = 100 * (1100 + 420) / 4.44 / 761", 5, "owed to Eastern Europe"),
        ("burden = 100 * 1100 / 4.44 / 881", 5, "what China bought in 1959"),
        ("burden = 100 * 1100 * 0.25 / 761", 2.5, "the exports still in rubles"),
        ("burden = 1100 / 4.44 / 761", 5, "100 times too small"),
        ("burden = 1100 / 4.44", 0, "Not this value"),
    ],
    "q8": [
        ("verdict = 'shown'", 0, "not therefore caused"),
        (DATES + "verdict = rest[0]", 0, "July 1960"),
        (DATES + "verdict = rest[1]", 0, "July 1960"),
        ("verdict = 'possible'", 0, "not among the choices"),
        ("verdict = True", 0, "this is a bool"),
    ],
}
