"""Plausible wrong answers to problem set 4: code, the points it earns, words the student gets."""

Y = "taken[mine.year]"
LOST = "((grown[1957] - taken[1957]) - (grown[mine.year] - taken[mine.year]))"
TONNES, SHARE = f"({Y} - taken[1957])", f"({Y} - taken[1957] / grown[1957] * grown[mine.year])"
HARVEST = "h = 1000 * balance.loc[mine.year, 'output_million_t'] / balance.loc[mine.year, '{}']\n"
VILLAGER, INHABITANT = (
    HARVEST.format("rural_population_million"),
    HARVEST.format("population_yearend_million"),
)
FOOD = """sent, lack = exports[mine.year], 2000 - energy_per_day(mine.ration)
kg = 1000 * sent / balance.loc[mine.year, "rural_population_million"]
even = energy_per_day(kg, kcal_per_kg=3400)
"""
HEAD = "v = 1000 * own['output'] / own['rural_population']\n"
COUNTS = "d = xinyang.query(\"group == 'deaths'\").set_index('item')['value']\n"
AREAS = "hit, hard = covered[mine.storms], affected[mine.storms]\n"

BANK = {
    "q1": [
        ("states_part = ...", 0, "No answer was left"),
        (
            f"states_part = [100 * {SHARE} / {LOST}, 100 * {TONNES} / {LOST}]",
            6,
            "in the other order",
        ),
        (f"states_part = [{TONNES} / {LOST}, {SHARE} / {LOST}]", 6, "right as shares"),
        (
            f"fell = grown[1957] - grown[mine.year]\n"
            f"states_part = [100 * {TONNES} / fell, 100 * {SHARE} / fell]",
            6,
            "fall of the harvest",
        ),
        (
            f"states_part = [100 * {TONNES} / taken[1957], 100 * {SHARE} / taken[1957]]",
            3,
            "what was taken in 1957",
        ),
        (f"states_part = [{TONNES}, {SHARE}]", 6, "divide them by what the villages lost"),
        (f"states_part = [-100 * {TONNES} / {LOST}, -100 * {SHARE} / {LOST}]", 6, "wrong sign"),
        (f"states_part = [100 * {TONNES} / {LOST}, 0]", 6, "Number 2 of 2"),
        (f"states_part = 100 * {TONNES} / {LOST}", 0, "list of numbers"),
    ],
    "q2": [
        ("contradicted_in = 'none'", 0, "speaks of the whole series"),
        ("contradicted_in = '1952'", 4, "not the only one"),
        ("contradicted_in = '1962'", 0, "as the reader says"),
        ("contradicted_in = 'all three'", 2, "Look at 1962 again"),
        ("contradicted_in = 1952", 0, "and this is"),
    ],
    "q3": [
        (
            INHABITANT + "bearable_report = famine_threshold(h, mine.ration + 0.18 * h, 0.25)",
            6,
            "all inhabitants; townspeople",
        ),
        (VILLAGER + "bearable_report = famine_threshold(h, mine.ration, 0.25)", 6, "are missing"),
        (INHABITANT + "bearable_report = famine_threshold(h, mine.ration, 0.25)", 3, "Two things"),
        (
            VILLAGER + "bearable_report = famine_threshold(h, 1.18 * mine.ration, 0.25)",
            6,
            "a share of the harvest",
        ),
        (
            VILLAGER + "bearable_report = famine_threshold(0.82 * h, mine.ration, 0.25)",
            6,
            "a quarter of the whole report",
        ),
        ("bearable_report = 'above 1'", 0, "a number"),
    ],
    "q4": [
        ("decided_by = ...", 0, "No answer was left"),
        ("decided_by = 'weather'", 0, "not among the choices"),
        ("decided_by = 1.62", 0, "and this is"),
        (
            "h = 1000 * grew / balance.loc[mine.year, 'rural_population_million']\n"
            "t = famine_threshold(h, mine.ration + 0.18 * h, 0.25)\n"
            "decided_by = 'belief' if t < 1 else 'harvest'",
            0,
            "That needs a threshold",
        ),
        (
            "h = 1000 * grew / balance.loc[mine.year, 'rural_population_million']\n"
            "t = famine_threshold(h, mine.ration + 0.18 * h, 0.25)\n"
            "decided_by = 'enough' if t < believed[mine.year] / grew else 'belief'",
            0,
            "above what was believed",
        ),
        (
            "h = 1000 * grew / balance.loc[mine.year, 'rural_population_million']\n"
            "t = famine_threshold(h, mine.ration + 0.18 * h, 0.25)\n"
            "bearable_report, decided_by = (9.0, 'enough') if t < 1 else (0.5, 'harvest')",
            8,
            "follows from your own threshold",
        ),
    ],
    "q5": [
        (
            FOOD + "exports_were = [even, people_fed(sent, kcal_per_kg=3400)]",
            6,
            "as the course page does",
        ),
        (
            FOOD + "exports_were = [even, people_fed(sent, kcal_per_day=lack)]",
            7.5,
            "exports as raw grain",
        ),
        (
            FOOD + "lack = 2000 - energy_per_day(mine.ration, kcal_per_kg=3400)\n"
            "exports_were = [even, people_fed(sent, 3400, lack)]",
            7.5,
            "ration as milled",
        ),
        (FOOD + "exports_were = [even, people_fed(sent, 3400, 2000 - lack)]", 6, "what it lacks"),
        (
            FOOD + "exports_were = [energy_per_day(kg), people_fed(sent, kcal_per_day=lack)]",
            5,
            "takes them as milled",
        ),
        (
            FOOD + "kg = 1000 * sent / balance.loc[mine.year, 'population_yearend_million']\n"
            "exports_were = [energy_per_day(kg, 3400), people_fed(sent, 3400, lack)]",
            7.5,
            "not all inhabitants",
        ),
        (FOOD + "exports_were = [people_fed(sent, 3400, lack), even]", 5, "in the other order"),
        (FOOD + "exports_were = [even, 0]", 5, "Number 2 of 2"),
        (FOOD + "exports_were = even", 0, "list of numbers"),
    ],
    "q6": [
        (
            HEAD + "kept = [v[1959] * 220 / v[1957], v[1959] - (v[1957] - 220)]",
            6,
            "in the other order",
        ),
        (
            "v = own['output_per_head_total_population']\n"
            "kept = [v[1959] - (v[1957] - 220), v[1959] * 220 / v[1957]]",
            6,
            "all people",
        ),
        (HEAD + "kept = [v[1957] - 220, v[1959] * (1 - 220 / v[1957])]", 6, "what was taken"),
        (HEAD + "kept = [220, v[1959] * 220 / v[1957]]", 6, "takes its kilograms from a smaller"),
        ("kept = [220, 220]", 0, "meant to leave"),
        (HEAD + "kept = v[1959] - (v[1957] - 220)", 0, "list of numbers"),
        ("kept = ['less', 'more']", 0, "list of numbers"),
    ],
    "q7": [
        ("left_out = ...", 0, "No answer was left"),
        (
            f"{COUNTS}left_out = 100 * d['reported'] / d['counted']",
            4,
            "This is the part that was reported",
        ),
        (
            f"{COUNTS}left_out = 100 * (d['counted'] / d['reported'] - 1)",
            4,
            "You divided by the number told",
        ),
        (f"{COUNTS}left_out = d['counted'] - d['reported']", 2, "These are people"),
        (
            f"{COUNTS}left_out = 100 * d['counted'] / d['reported']",
            2,
            "in per cent of the number told",
        ),
        (f"{COUNTS}left_out = 1 - d['reported'] / d['counted']", 4, "100 times too small"),
        ("left_out = 'most'", 0, "a number"),
    ],
    "q8": [
        (
            AREAS + "disasters_took = [0.1 * hit + 0.3 * hard, 0.3 * hit + hard]",
            5,
            "counted it twice",
        ),
        (
            AREAS + "disasters_took = [0.1 * (hit - hard) + 0.3 * hard, hit]",
            5,
            "The least is right",
        ),
        (
            AREAS + "low, high = 0.1 * (hit - hard) + 0.3 * hard, 0.3 * (hit - hard) + hard\n"
            "disasters_took = [low, high + 0.1 * (100 - hit)]",
            7.5,
            "the question leaves that out",
        ),
        (AREAS + "disasters_took = [0.1 * hit, 0.3 * hit]", 2.5, "land for lightly hit"),
        (AREAS + "disasters_took = [0.3 * hard, hard]", 2.5, "the affected land alone"),
        (AREAS + "disasters_took = [0.3 * hard, hit]", 0, "less than three tenths"),
        (AREAS + "disasters_took = [hard, hit]", 0, "These are areas"),
        (AREAS + "disasters_took = [0.1 * hit, hit]", 0, "The second class says more"),
        (
            AREAS + "low, high = 0.1 * (hit - hard) + 0.3 * hard, 0.3 * (hit - hard) + hard\n"
            "disasters_took = [high, low]",
            5,
            "in the other order",
        ),
        ("disasters_took = 'a third'", 0, "list of numbers"),
    ],
}
