"""Plausible wrong answers to problem set 5: code, the points it earns, words the student gets."""

LOCAL = 'rate, end = local["death_rate_per_1000"], local["population_10k"]\n'
MIDYEAR = LOCAL + "middle = (end + end.shift()) / 2\nabove = rate - rate.loc[mine.year]\n"

TOLLS = """
def tolls(people, rates, base, window):
    return [excess_deaths(years, rates["death_rate_per_1000"], people, window, baseline_rates(
        years, base["death_rate_per_1000"], kind, reference)).total
        for kind, reference in (("year", mine.year), ("line", (mine.year, 1964)))]
own = un["population_midyear_million"]
"""

BIRTHS = """
def short(window, base=None, lent=False):
    found = []
    for rows, people in ((register, official_people), (banister, her_people)):
        normal = baseline_rates(years, (rows if base is None else base)["birth_rate_per_1000"],
                                "year", mine.year)
        found.append(birth_deficit(years, rows["birth_rate_per_1000"],
                                   official_people if lent else people, window,
                                   normal.rates).total)
    return found
"""

TOLL = 'toll = theirs.loc[mine.estimate, "estimate_central_million"]\n'
BOTH = "for born in (births_register, births_banister)]"

MOVED = "moved = entered.copy()\nspread = 1959 - mine.year\n"
TAKEN = "moved.loc[1959:1961] -= 2\n"
GIVEN = "moved.loc[mine.year:1958] += 6 / spread\n"

RAISED = """
hers = both["Banister"].loc[two_years].tolist()
held = [both["register"][year] / both["Banister"][year] for year in two_years]
up, full = hers[1] > hers[0], held[1] > held[0]
right = "both" if up and full else "mortality" if up else "registration"
others = [word for word in ("mortality", "registration", "both") if word != right]
"""

EXPLAINED = """
right = {"cao2005": "the opposite", "dikotter2010": "next to nothing", "sun2011": "a part of it"}
others = ["all of it"] + [word for word in right.values() if word != right[mine.estimate]]
"""

BANK = {
    "q1": [
        (
            LOCAL + "local_toll = ((rate - rate.loc[mine.year]) * end / 100).loc[1958:1961].sum()",
            6,
            "people of 31 December",
        ),
        (
            LOCAL + "local_toll = ((rate - rate.loc[mine.year]) * end.shift() / 100)"
            ".loc[1958:1961].sum()",
            6,
            "the December before",
        ),
        (
            MIDYEAR + "local_toll = (rate * middle / 100).loc[1958:1961].sum()",
            3,
            "all registered deaths",
        ),
        (
            MIDYEAR + "local_toll = (above * middle / 100).loc[1959:1961].sum()",
            6,
            "asks for 1958–61",
        ),
        (
            MIDYEAR + "local_toll = (above * middle / 100_000).loc[1958:1961].sum()  # millions",
            6,
            "1,000 times too small",
        ),
        (MIDYEAR + "local_toll = -(above * middle / 100).loc[1958:1961].sum()", 6, "the sign"),
        (MIDYEAR + "local_toll = above * middle / 100", 0, "should be a number"),
        ("local_toll = ...", 0, "No answer was left"),
        ("raise KeyError('population')", 0, "No answer was left"),
    ],
    "q2": [
        ('verdict = "holds in the province"', 2, "prints every year"),
        ('verdict = "fails in the sample"', 0, "half of the sample lies below it"),
        ('verdict = "cannot be tested here"', 2, "province is in the figure"),
        ('verdict = "holds"', 0, "not among the choices"),
        ("verdict = True", 0, "should be"),
        ("verdict = ...", 0, "No answer was left"),
    ],
    "q3": [
        (TOLLS + "two_tolls = tolls(official_people, un, un, (1959, 1961))", 6, "the UN's own"),
        (TOLLS + "two_tolls = tolls(own, un, un, (1958, 1961))", 6, "asks for 1959–61"),
        (
            TOLLS + "two_tolls = tolls(own, un, register, (1959, 1961))",
            3,
            "must come from the same series",
        ),
        (
            TOLLS + "two_tolls = tolls(official_people, register, register, (1959, 1961))",
            3,
            "the register's rates",
        ),
        (TOLLS + "two_tolls = tolls(own, un, un, (1959, 1961))[::-1]", 6, "their order is not"),
        (TOLLS + "two_tolls = [tolls(own, un, un, (1959, 1961))[0], 30]", 6, "With your numbers"),
        (TOLLS + "two_tolls = tolls(own, un, un, (1959, 1961))[0]", 0, "should be a list"),
        ("two_tolls = [..., ...]", 0, "should be a list"),
    ],
    "q4": [
        (RAISED + "raised_by = others[0]", 0, "divide the register's by hers"),
        (RAISED + "raised_by = others[1]", 0, "By her rates mortality went from"),
        ('raised_by = "the famine"', 0, "not among the choices"),
        ("raised_by = two_years", 0, "should be"),
        ("raised_by = ...", 0, "No answer was left"),
    ],
    "q5": [
        (BIRTHS + "still_missing = short((1958, 1961))", 6, "Go on to 1965"),
        (BIRTHS + "still_missing = short((1959, 1961))", 3, "asks for 1958–65"),
        (BIRTHS + "still_missing = short((1959, 1965))", 6, "count from 1958"),
        (
            BIRTHS + "still_missing = [-number for number in short((1958, 1965))]",
            6,
            "the signs are not",
        ),
        (
            BIRTHS + "still_missing = short((1958, 1965), base=register)",
            6,
            "the register's normal year",
        ),
        (BIRTHS + "still_missing = short((1958, 1965))[::-1]", 6, "their order is not"),
        (BIRTHS + "still_missing = short((1958, 1965), lent=True)", 9, "by the official people"),
        (BIRTHS + "still_missing = sum(short((1958, 1965)))", 0, "should be a list"),
        ('still_missing = ["many", "more"]', 0, "should be a list"),
        ("still_missing = ...", 0, "No answer was left"),
    ],
    "q6": [
        (EXPLAINED + "explained = others[0]", 0, "see which is smaller"),
        (EXPLAINED + "explained = others[1]", 0, "its own window"),
        (EXPLAINED + "explained = others[2]", 0, "its own window"),
        ("explained = 2.2", 0, "should be"),
        ('explained = "some"', 0, "not among the choices"),
    ],
    "q7": [
        ("ordinary = [1000 * (born - growth) / person_years " + BOTH, 6, "Take off the toll first"),
        (
            TOLL + "ordinary = [1000 * (born - toll) / person_years " + BOTH,
            3,
            "Take off the growth",
        ),
        (
            TOLL + "ordinary = [1000 * (born - growth + toll) / person_years " + BOTH,
            3,
            "the fewer are left",
        ),
        (
            TOLL + "ordinary = [1000 * (born - growth - toll) / person_years " + BOTH + "[::-1]",
            6,
            "their order is not",
        ),
        (
            TOLL + "ordinary = [1000 * (born - growth - toll) / person_years / 11 " + BOTH,
            6,
            "already hold the eleven years",
        ),
        (
            TOLL + "ordinary = 1000 * (births_banister - growth - toll) / person_years",
            0,
            "should be a list",
        ),
        ("ordinary = ...", 0, "No answer was left"),
    ],
    "q8": [
        (
            MOVED + TAKEN + "late_toll = moved.loc[1959:1961].sum() - 3 * entered.loc[1955:1957]"
            ".mean()",
            5,
            "normal mortality rises too",
        ),
        (
            "late_toll = entered.loc[1959:1961].sum() - 3 * entered.loc[1955:1957].mean()",
            0,
            "move six million of them first",
        ),
        (
            MOVED + GIVEN + "late_toll = moved.loc[1959:1961].sum() - 3 * moved.loc[1955:1957]"
            ".mean()",
            2.5,
            "left them in 1959–61 too",
        ),
        (
            MOVED + TAKEN + GIVEN + "late_toll = moved.loc[1959:1961].sum() - moved.loc[1955:1957]"
            ".mean()",
            2.5,
            "normal deaths must come off",
        ),
        (MOVED + TAKEN + "late_toll = moved.loc[1959:1961].sum()", 2.5, "all deaths left"),
        (
            MOVED + TAKEN + "moved.loc[1955:1957] += 2\n"
            "late_toll = moved.loc[1959:1961].sum() - 3 * moved.loc[1955:1957].mean()",
            5,
            "1958 takes an equal part",
        ),
        (
            MOVED + TAKEN + GIVEN + "late_toll = 3 * moved.loc[1955:1957].mean()"
            " - moved.loc[1959:1961].sum()",
            5,
            "the sign",
        ),
        ('late_toll = "about five"', 0, "should be a number"),
        ("late_toll = ...", 0, "No answer was left"),
    ],
}
