"""Plausible wrong answers to problem set 3: code, the points it earns, words the student gets."""

CLAIM = 'record["claimed_jin_per_mu"].item()'
PLOT = 'record["plot_mu"].item()'
USUAL = 'record["plausible_jin_per_mu"].item()'

ALIKE = "like, other = (185, 195.05) if mine.paper == 'September 1960' else (195.05, 185)\n"

BELIEF = (
    "said = believed['value_high'].item()\n"
    "grown, people = balance['output_million_t'], balance['population_yearend_million']\n"
    "use = people[mine.harvest] * grown[1957] / people[1957]\n"
)

LUSHAN = (
    "beans, grain = listed['value'].sum(), listed['value'].iloc[0]\n"
    "def later(series, year):\n"
    "    rows = final.query('series == @series and year == @year')\n"
    "    return rows['value'].item() / 100\n"
    "villagers = later('rural_population', 1958)\n"
)

BANK = {
    "q1": [
        ("fields_emptied = ...", 0, "No answer was left"),
        (f"fields_emptied = {CLAIM} / {USUAL}", 5, "larger than one mu"),
        (f"fields_emptied = {PLOT} * ({CLAIM} / {USUAL} - 1)", 5, "it was to be included"),
        (f"fields_emptied = {CLAIM} * {PLOT}", 2.5, "the weight in jin"),
        (f"fields_emptied = 0.5 * {CLAIM} * {PLOT} / {USUAL}", 5, "on one side only"),
        (f"fields_emptied = {USUAL} / ({CLAIM} * {PLOT})", 0, "The other way round"),
        (f"fields_emptied = str({CLAIM})", 0, "this is a str"),
    ],
    "q2": [
        ("not_picked = 'plot'", 0, "best of very many"),
        ("not_picked = 'township'", 0, "printed out of many"),
        ("not_picked = 'county'", 0, "of some 2,000"),
        ("not_picked = 'province'", 0, "far above the mean of the country"),
        ("not_picked = 'country'", 0, "not among the choices"),
    ],
    "q3": [
        (ALIKE + "change = 100 * (named / other - 1)", 2.5, "does not do the same"),
        (ALIKE + "change = 100 * (1 - named / like)", 5, "the sign is not"),
        (ALIKE + "change = named / like - 1", 5, "check the units"),
        (ALIKE + "change = 100 * named / like", 5, "in per cent of 1957"),
        (ALIKE + "change = 100 * (1 - like / named)", 2.5, "divided by the later harvest"),
        (ALIKE + "change = 100 * (like / named - 1)", 2.5, "divided by the later harvest"),
        (ALIKE + "change = named - like", 2.5, "asks per cent"),
        ("change = '-26.9'", 0, "this is a str"),
    ],
    "q4": [
        (BELIEF + "months = 12 * (said - grown[mine.harvest]) / grown[1957]", 6, "for the people"),
        (BELIEF + "months = 12 * said / use", 3, "all that was believed in"),
        (BELIEF + "months = 12 * (said / use - 1)", 3, "belief beside 1957"),
        (BELIEF + "months = (said - grown[mine.harvest]) / use", 6, "This is in years"),
        (BELIEF + "months = 12 * (grown[mine.harvest] - said) / use", 6, "the sign is not"),
        (BELIEF + "months = 12 * (said - grown) / use", 0, "should be a number"),
    ],
    "q5": [
        (
            LUSHAN + "rise = 100 * (grain / later('output', 1957) - 1)",
            5,
            "left the list's soybeans",
        ),
        (LUSHAN + "rise = 100 * (beans / later('output', 1958) - 1)", 2.5, "that is its error"),
        (LUSHAN + "rise = 100 * beans / later('output', 1957)", 5, "over 100"),
        (LUSHAN + "rise = beans / later('output', 1957) - 1", 5, "check the units"),
        (
            LUSHAN + "rise = 100 * (later('output', 1958) / later('output', 1957) - 1)",
            2.5,
            "what the list said",
        ),
        (
            LUSHAN + "rise = 100 * (beans / (100 * later('output', 1957)) - 1)",
            2.5,
            "to one unit first",
        ),
        (LUSHAN + "rise = 100 * (later('output', 1957) / beans - 1)", 2.5, "divided by the list"),
        ("rise = 35", 0, "the country's rise"),
        ("rise = 20", 0, "Not this value"),
    ],
    "q6": [
        (
            LUSHAN + "on_paper = 1000 * (grain - later('output', 1958)) / villagers",
            5,
            "soybeans out",
        ),
        (LUSHAN + "on_paper = (beans - later('output', 1958)) / villagers", 5, "check the units"),
        (
            LUSHAN + "on_paper = 1000 * (beans - later('output', 1958)) / "
            "later('rural_population', 1957)",
            5,
            "villagers of 1957",
        ),
        (LUSHAN + "on_paper = 1000 * beans / villagers", 2.5, "all the grain in the list"),
        (LUSHAN + "on_paper = 1000 * later('output', 1958) / villagers", 0, "the final harvest"),
        (
            LUSHAN + "on_paper = 1000 * (beans - later('output', 1957)) / villagers",
            2.5,
            "took the harvest of 1957 off",
        ),
        (
            LUSHAN + "on_paper = 10 * (beans - 100 * later('output', 1958)) / villagers",
            2.5,
            "to one unit first",
        ),
        (
            LUSHAN + "from glf_utils import load\n"
            "rows = load('provincial_grain').query('province == @mine.province and year == 1958')\n"
            "a_head = rows[rows['series'] == 'output_per_head_total_population']\n"
            "a_head = a_head['value'].item()\n"
            "on_paper = a_head * (beans / later('output', 1958) - 1)",
            5,
            "all the province's people",
        ),
    ],
    "q7": [
        ("own_part = [107, 107]", 2, "measured from the weighed rice"),
        ("own_part = [93, 72]", 4, "the smaller was to come first"),
        ("own_part = [95, 111]", 2, "the communes stand between"),
        ("own_part = [67.3, 86.9]", 4, "asks for jin per mu"),
        ("own_part = [72, 107]", 4, "Number 2 of 2"),
        ("own_part = [14, 35]", 2, "errors of the communes"),
        ("own_part = [35, 14]", 2, "errors of the communes"),
        ("own_part = [300 / 228, 300 / 207]", 2, "so subtract"),
        ("own_part = 72", 0, "should be a list"),
    ],
    "q8": [
        ("least_chance = chances[1 + 5 * added <= 1.1].min()", 6, "the steps multiply"),
        ("least_chance = chances[added <= 0.1].min()", 3, "one official adds a tenth"),
        ("least_chance = chances[(1 + added) ** 4 <= 1.1].min()", 6, "there are five"),
        ("least_chance = chances[(1 + added) ** 6 <= 1.1].min()", 6, "there are five"),
        ("least_chance = 100 * chances[(1 + added) ** 5 <= 1.1].min()", 6, "check the units"),
        ("least_chance = chances[(1 + added) ** 5 <= 1.1].max()", 0, "Weighing always"),
        ("least_chance = chances[(1 + added) ** 5 <= 1.1]", 0, "should be a number"),
        ("least_chance = chances.min()", 0, "its full part"),
    ],
}
