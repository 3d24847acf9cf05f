"""The questions of the store in SQL; parameters by name, never put together from user input."""

# A district of the boundary vintage; `valid_from` keeps out those that came later.
VINTAGE = (
    "(a.valid_from IS NULL OR a.valid_from <= DATE '2022-12-31') "
    "AND (a.valid_to IS NULL OR a.valid_to > DATE '2022-12-31')"
)

# Which districts an extent shows.
WITHIN = {"region": "a.in_region", "land": "a.parent = '14'", "country": "true"}


def fill(query: str, within: str = "country") -> str:
    """Return the query with its conditions on the boundary vintage and the extent written out."""
    return query.format(vintage=VINTAGE, where=WITHIN[within])


RELEASE = "SELECT * FROM release"

THEMES = "SELECT id, name_de, name_en FROM theme ORDER BY position"

INDICATORS = """
SELECT i.* FROM indicator i JOIN theme t ON t.id = i.theme ORDER BY t.position, i.position
"""

AREAS = """
SELECT area_id, level, name_de, name_en, short_de, short_en, in_region, parent
FROM area a
WHERE level = $level AND {vintage} AND (level <> 'region' OR area_id = '145') AND {where}
ORDER BY area_id
"""

YEARS = """
WITH figure AS (
    SELECT v.year, a.level = 'kreis' AND {vintage} AS district
    FROM indicator_value v JOIN area a USING (area_id)
    WHERE v.indicator = $indicator AND (v.value IS NOT NULL OR v.lower IS NOT NULL)
)
SELECT DISTINCT year FROM figure
WHERE district OR NOT (SELECT bool_or(district) FROM figure) ORDER BY year
"""

CROSS_SECTION = """
SELECT a.area_id, a.name_de, a.name_en, a.short_de, a.short_en, a.in_region,
       v.value, v.lower, v.upper, coalesce(v.mark, 'missing') AS mark,
       coalesce(v.qualifier, '') AS qualifier, v.rank, v.rank_low, v.rank_high, v.n
FROM area a
LEFT JOIN indicator_value v
    ON v.area_id = a.area_id AND v.indicator = $indicator AND v.year = $year
    AND v.sector = '' AND v.occupation = ''
WHERE a.level = 'kreis' AND {vintage} AND {where}
ORDER BY a.area_id
"""

SERIES = """
SELECT area_id, year, value, lower, upper, mark, qualifier
FROM indicator_value
WHERE indicator = $indicator AND list_contains($areas, area_id)
    AND sector = '' AND occupation = ''
ORDER BY area_id, year
"""

EVERYTHING = """
SELECT indicator, area_id, year, value, lower, upper, mark, qualifier
FROM indicator_value
WHERE list_contains($areas, area_id) AND sector = '' AND occupation = ''
ORDER BY indicator, area_id, year
"""

REFERENCE_MARKS = """
SELECT area_id, value FROM reference_mark WHERE indicator = $indicator AND year = $year
ORDER BY area_id
"""

DELIVERIES = """
SELECT d.*, s.name_de, s.name_en FROM delivery d JOIN sector s ON s.code = d.division
ORDER BY d.division
"""

# A corrected cell: what holds for an area, and which line of which file printed it.
CORRECTIONS = """
SELECT o.area_id, a.name_de, a.name_en, o.year, o.value, o.published, f.path, o.line, o."column"
FROM observation o
JOIN area a USING (area_id)
JOIN source_file f ON f.id = o.file
WHERE list_contains(string_split(o.qualifier, ';'), 'corrected') AND EXISTS (
    SELECT 1 FROM lineage l WHERE l.indicator = $indicator AND l.dataset = o.dataset
        AND l.measure = o.measure AND l.sector = o.sector AND l.breakdown = o.breakdown)
ORDER BY o.year, o.area_id
"""

# A larger area has the parts of the districts that it consists of.
PARTS = """
SELECT g.area_id, o.year, count(*) FILTER (WHERE o.value IS NULL) AS secret, count(*) AS parts
FROM observation o
JOIN area a ON a.area_id = o.area_id AND a.level = 'kreis'
JOIN area g ON g.area_id IN (a.area_id, a.parent, 'DG') OR (g.area_id = '145' AND a.in_region)
WHERE o.dataset = $dataset AND o.measure = 'employees' AND o.breakdown = $breakdown
    AND list_contains($occupations, o.occupation) AND list_contains($areas, g.area_id)
GROUP BY ALL ORDER BY ALL
"""

LINEAGE = """
SELECT * EXCLUDE indicator FROM lineage WHERE indicator = $indicator ORDER BY ALL
"""

# The distance in years stands behind the @ of the input, see `indicators.lineage`.
SOURCES = """
WITH used AS (
    SELECT dataset, CASE WHEN $year IS NULL THEN year_from ELSE $year + distance END AS first,
           CASE WHEN $year IS NULL THEN year_to ELSE $year + distance END AS last
    FROM (
        SELECT *, coalesce(try_cast(split_part(input, '@', 2) AS INTEGER), 0) AS distance
        FROM lineage WHERE indicator = $indicator
    )
    WHERE $year IS NULL OR $year + distance BETWEEN year_from AND year_to
)
SELECT DISTINCT d.id AS dataset, d.table_code, p.name_de AS publisher_name_de,
       p.name_en AS publisher_name_en, d.title_de, d.title_en, d.licence, d.licence_url,
       d.attribution, d.reference_de, d.reference_en, f.vintage, f.retrieved,
       coalesce(nullif(f.url, ''), d.url) AS url
FROM used u
JOIN dataset d ON d.id = u.dataset
JOIN publisher p ON p.id = d.publisher
LEFT JOIN source_file f ON f.dataset = d.id AND f.status IN ('used', 'partly_used')
    AND f.year_from <= u.last AND f.year_to >= u.first
ORDER BY d.id, f.vintage
"""

DATASETS = """
SELECT d.*, p.name_de AS publisher_name_de, p.name_en AS publisher_name_en
FROM dataset d JOIN publisher p ON p.id = d.publisher ORDER BY d.id
"""

FILES = "SELECT * FROM source_file ORDER BY dataset, path"

HAS_FRESHNESS = "SELECT 1 FROM duckdb_tables() WHERE table_name = 'freshness'"

FRESHNESS_COLUMNS = (
    "dataset", "table_code", "title_de", "title_en", "publisher", "publisher_name_de",
    "publisher_name_en", "newest_year", "retrieved", "edition", "expected", "stale",
)  # fmt: skip

FRESHNESS = """
SELECT f.dataset, d.table_code, d.title_de, d.title_en, d.publisher,
       p.name_de AS publisher_name_de, p.name_en AS publisher_name_en,
       f.newest_year, f.retrieved, f.edition, f.expected,
       coalesce(f.expected < $on, false) AS stale
FROM freshness f
JOIN dataset d ON d.id = f.dataset
JOIN publisher p ON p.id = d.publisher
ORDER BY f.dataset
"""

CHECKS = 'SELECT * FROM check_result ORDER BY dataset, "check", scope'

LATEST = """
SELECT v.indicator, max(v.year) AS year
FROM indicator_value v
JOIN area a ON a.area_id = v.area_id AND a.level = 'kreis'
JOIN indicator i ON i.id = v.indicator
JOIN theme t ON t.id = i.theme
WHERE v.value IS NOT NULL
GROUP BY v.indicator, t.position, i.position
ORDER BY year DESC, t.position, i.position
LIMIT $n
"""
