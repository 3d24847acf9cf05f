"""The tables of strengths, built from a small warehouse: what is secret, small or changed."""

from __future__ import annotations

from math import nan
from typing import Any

import duckdb
import pandas as pd
import pytest

from indicators.build import TABLES
from indicators.claims import verdict
from indicators.clusters import Cluster, load_clusters
from indicators.errors import RegistryError
from indicators.strengths import write_strengths
from indicators.strengths_store import Strengths
from tests.indicator_world import FIVE, World

OCCUPATIONS = ("241", "242", "251", "936")
BA = "ba_occupations_workplace"
DISTRICTS = (*FIVE, "16063")
# Persons per district in 2020; 936 stands out in 14523. 2019 is half of it.
PERSONS = {
    "14511": (900, 3000, 6000, 0),
    "14521": (500, 4000, 5000, 4),
    "14522": (800, 2000, 5000, 6),
    "14523": (100, 3000, 4000, 500),
    "14524": (300, 5000, 9000, 5),
    "16063": (200, 1500, 3000, 10),
}
ONE = Cluster.model_validate(
    {
        "id": "music",
        "name": {"de": "Musik", "en": "Music"},
        "claim": {"de": "Es gibt viel.", "en": "There is much."},
        "areas": ["14523"],
        "divisions": ["32"],
        "occupations": ["241", "936"],
    }
)


def world(**secret: tuple[str, int]) -> World:
    """Return a warehouse with employees of six districts; `secret` names cells (district, year)."""
    made = World()
    made.connection.execute(TABLES)
    made.measure(BA, "employees", additive=True)
    hidden = {(code.removeprefix("o"), *cell) for code, cell in secret.items()}
    for year, share in ((2019, 0.5), (2020, 1.0)):
        for district, persons in PERSONS.items():
            for code, count in zip(OCCUPATIONS, persons, strict=True):
                value: Any = "secret" if (code, district, year) in hidden else share * count
                made.figure(district, year, value, dataset=BA, occupation=code)
    for code in (*OCCUPATIONS, "24", "25", "93"):
        made.connection.execute(
            "INSERT INTO occupation VALUES (?, 'group', NULL, ?, ?)", [code, f"{code} de", code]
        )
    return made


def built(made: World) -> Strengths:
    write_strengths(made.connection, (ONE,))
    return Strengths(made.connection)


def row(frame: pd.DataFrame, **keys: Any) -> pd.Series:
    for column, value in keys.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def test_the_quotient_of_a_district_is_its_share_over_that_of_all_districts() -> None:
    found = row(built(world()).map_values("occupation", "936", 2020), area_id="14523")
    persons = sum(sum(part) for part in PERSONS.values())
    assert found["lq"] == pytest.approx((500 / 7600) / (525 / persons), rel=1e-5)
    assert found["share"] == pytest.approx(100 * 500 / 7600, rel=1e-5)
    assert (found["rank"], found["rank_low"], found["rank_high"], found["n"]) == (1, 1, 1, 6)
    assert found["mark"] == "value"


def test_a_true_zero_has_a_quotient_of_zero_and_a_district_without_rows_is_missing() -> None:
    reader = built(world())
    zero = row(reader.map_values("occupation", "936", 2020), area_id="14511")
    assert (zero["persons"], zero["lq"], zero["symmetric_lq"], zero["mark"]) == (0, 0, -1, "zero")
    assert set(reader.map_values("occupation", "936", 2011)["mark"]) == {"missing"}
    assert reader.years("occupation", "936") == [2019, 2020]


def test_a_secret_cell_never_becomes_zero() -> None:
    reader = built(world(o936=("14524", 2020)))
    frame = reader.map_values("occupation", "936", 2020)
    secret = row(frame, area_id="14524")
    assert secret["mark"] == "secret"
    assert secret[["persons", "lq", "share", "symmetric_lq", "growth", "rank"]].isna().all()
    assert secret["lower"] == 0
    assert pd.isna(secret["upper"]), "no official total bounds it"
    assert secret["rank_high"] == 5, "only 14511 is surely not above: it has nobody"
    # Who is published loses certainty, not the figure: the secret district may be above.
    assert row(frame, area_id="14523")[["rank", "rank_low", "rank_high"]].tolist() == [1, 1, 2]
    close = reader._connection.execute(
        "SELECT advantage FROM relatedness WHERE area_id = '14524' AND year = 2020"
        " AND occupation = '936'"
    ).fetchall()
    assert close == [(None,)], "neither specialised nor not"


def test_an_official_total_bounds_a_secret_cell_by_the_confidentiality_rule() -> None:
    made = world(o936=("14524", 2020))
    made.measure("13111-07-05-4", "employees", additive=True)
    made.figure("14524", 2020, 14307, dataset="13111-07-05-4")
    found = row(built(made).map_values("occupation", "936", 2020), area_id="14524")
    # 14,307 less 14,300 published leaves 7; shown is the next ten.
    assert (found["lower"], found["upper"]) == (0, 10)
    assert found["lq_high"] < 0.2
    close = made.connection.execute(
        "SELECT advantage FROM relatedness WHERE area_id = '14524' AND year = 2020"
        " AND occupation = '936'"
    ).fetchall()
    assert close == [(False,)], "even the upper end is below 1"


def test_a_total_that_contradicts_the_table_bounds_nothing() -> None:
    made = world(o936=("14524", 2020))
    made.measure("13111-07-05-4", "employees", additive=True)
    made.figure("14524", 2020, 14100, dataset="13111-07-05-4")
    found = row(built(made).map_values("occupation", "936", 2020), area_id="14524")
    assert pd.isna(found["upper"])


def test_the_region_adds_up_what_is_published_and_bounds_the_rest() -> None:
    reader = built(world(o241=("14524", 2020)))
    found = row(reader.series("occupation", "241", ["145"]), year=2020)
    assert found["mark"] == "secret"
    assert found["lower"] == 900 + 500 + 800 + 100
    known = row(reader.series("occupation", "241", ["145"]), year=2019)
    assert known["persons"] == (900 + 500 + 800 + 100 + 300) / 2


def test_a_district_of_later_boundaries_is_added_back() -> None:
    # Like Hanau, which left its Kreis in 2026: the boundaries shown are those of 31.12.2022.
    made = world()
    made._area("06415", "kreis", "14", since="2026-01-01")
    made.connection.execute(
        "INSERT INTO area_change VALUES ('06415', '16063', 'absorbed', '2026-01-01', 'law')"
    )
    for code, value in zip(OCCUPATIONS, (50, 500, "secret", 1), strict=True):
        made.figure("06415", 2020, value, dataset=BA, occupation=code)
    reader = built(made)
    assert row(reader.area("16063", "occupation", 2020), code="242")["persons"] == 2000
    partly = row(reader.area("16063", "occupation", 2020), code="251")
    assert (partly["mark"], partly["lower"]) == ("secret", 3000)
    assert "06415" not in set(reader.map_values("occupation", "242", 2020)["area_id"])


def test_few_persons_are_said_to_be_few_on_both_sides_of_the_quotient() -> None:
    frame = built(world()).map_values("occupation", "936", 2020).set_index("area_id")
    # Expected with the share of all: more than 50 in each of these districts but 16063.
    assert not frame.loc["14523", "few"]
    assert not frame.loc["14511", "few"], "nobody, where about 100 would be expected"
    expected = 4710 * 525 / sum(sum(part) for part in PERSONS.values())
    assert frame.loc["16063", "few"] == (expected < 50)


def test_a_cluster_is_the_sum_of_its_occupations_and_counts_vacancies() -> None:
    made = world()
    made.measure("ba_occupations_vacancies", "vacancies", additive=True)
    for code, value in (("241", 7.5), ("936", 2.0), ("251", 99.0)):
        made.figure("14523", 2020, value, dataset="ba_occupations_vacancies", measure="vacancies",
                    occupation=code)  # fmt: skip
    reader = built(made)
    found = row(reader.cluster_profiles(["14523"], 2020), kind="cluster_occupation")
    assert found["persons"] == 600
    assert found["vacancies"] == 9.5
    assert reader.clusters()["claim_en"].tolist() == ["There is much."]


def test_every_benchmark_recomputes_the_quotient_from_persons() -> None:
    reader = built(world())
    own = reader.against("occupation", 2020, ["14523"], ["14521", "14524"])
    found = own[own["code"] == "936"].iloc[0]
    reference = (4 + 5) / (9504 + 14305)
    assert found["lq"] == pytest.approx((500 / 7600) / reference)
    germany = reader.against("occupation", 2020, list(FIVE), reader.benchmark_areas("country"))
    stored = reader.cells("occupation", 2020, list(FIVE))
    both = germany.merge(stored, on=["area_id", "code"], suffixes=("", "_stored"))
    assert both["lq"].to_numpy() == pytest.approx(both["lq_stored"].to_numpy(), rel=1e-5)
    distance = reader.krugman("occupation", 2020, ["14523"], ["14523"])
    assert distance["14523"] == pytest.approx(0)
    with pytest.raises(ValueError, match="no figures of this kind in this year"):
        reader.against("occupation", 2011, ["14523"], ["DG"])
    with pytest.raises(ValueError, match="has no area"):
        reader.benchmark_areas("own")


def test_close_occupations_are_those_the_district_lacks_in_order() -> None:
    frame = built(world()).closest("14523")
    assert "936" not in set(frame["occupation"])
    assert frame["position"].is_monotonic_increasing
    assert frame["density"].is_monotonic_decreasing
    assert frame["stability"].between(0, 1).all()
    assert frame["recurrence"].between(0, 1).all()


def test_without_observations_every_table_is_there_and_empty() -> None:
    made = World()
    made.connection.execute(TABLES)
    made.figure("14511", 2020, 5)
    write_strengths(made.connection, (ONE,))
    for table in ("strength", "relatedness", "complexity", "twin", "cluster_vacancy"):
        assert made.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    reader = Strengths(made.connection)
    assert reader.years("occupation") == []
    assert set(reader.map_values("occupation", "936", 2020)["mark"]) == {"missing"}


def test_building_twice_gives_the_same() -> None:
    made = world(o936=("14524", 2020))
    write_strengths(made.connection, (ONE,))
    first = made.connection.execute("SELECT * FROM strength").df()
    write_strengths(made.connection, (ONE,))
    pd.testing.assert_frame_equal(first, made.connection.execute("SELECT * FROM strength").df())


@pytest.mark.parametrize(
    ("quotient", "said"),
    [
        ((1.5, nan, nan), "strong"),
        ((1.49, nan, nan), "above"),
        ((0.99, nan, nan), "below"),
        ((nan, 1.7, 2.5), "strong"),
        ((nan, 1.2, nan), "above"),
        ((nan, 0.2, 0.9), "below"),
        ((nan, 0.2, 3.0), "open"),
        ((nan, 0.0, nan), "open"),
        ((nan, nan, nan), "unknown"),
    ],
)
def test_a_claim_is_judged_by_the_end_of_the_interval_that_is_against_it(
    quotient: tuple[float, float, float], said: str
) -> None:
    assert verdict(*quotient) == said


def test_all_declared_clusters_are_those_of_the_masterplan() -> None:
    clusters = load_clusters()
    assert len(clusters) == 7
    assert all(cluster.divisions and cluster.occupations for cluster in clusters)


def test_a_cluster_with_a_code_that_no_classification_has_is_refused(
    tmp_path: Any,
) -> None:
    from indicators.clusters import REFERENCE

    for name in ("wz2008.csv", "kldb2010.csv", "areas.csv"):
        (tmp_path / name).write_bytes((REFERENCE / name).read_bytes())
    text = (REFERENCE / "clusters.yml").read_text("utf-8")
    for right, wrong, said in (
        ('["936"]', '["999"]', "musikinstrumente .* occupations .* 999"),
        ('["936"]', '["93"]', "occupations .* as group: 93"),
        ('divisions: ["32"]', 'divisions: ["C"]', "divisions .* as division: C"),
        ('["936"]', '["936", "936"]', "named twice in 936, 936"),
        ("id: textil", "id: zulieferer", "declared twice: zulieferer"),
        ("claim:\n    de: Der Raum", "claims:\n    de: Der Raum", "automobildreieck .* claim"),
    ):
        assert right in text
        (tmp_path / "clusters.yml").write_text(text.replace(right, wrong), "utf-8")
        with pytest.raises(RegistryError, match=said):
            load_clusters(tmp_path)


def test_the_reader_serves_threads_by_a_cursor_each() -> None:
    reader = built(world())
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        years = list(pool.map(lambda _: reader.years("occupation"), range(16)))
    assert years == [[2019, 2020]] * 16
    assert isinstance(reader._connection, duckdb.DuckDBPyConnection)
