"""The questions behind files for analysts in SQL; parameters by name, None means all."""

# Which official tables served an indicator in a year, in one line each. The distance in years
# stands behind the @ of an input, see `indicators.lineage`.
SERVED = """
served AS (
    SELECT v.indicator, v.year,
           string_agg(DISTINCT p.name_de || ' ' || d.table_code, ' | ' ORDER BY
                      p.name_de || ' ' || d.table_code) AS source,
           string_agg(DISTINCT d.attribution, ' | ' ORDER BY d.attribution) AS attribution,
           string_agg(DISTINCT d.licence, ' | ' ORDER BY d.licence) AS licence
    FROM (SELECT DISTINCT indicator, year FROM indicator_value) v
    JOIN (
        SELECT *, coalesce(try_cast(split_part(input, '@', 2) AS INTEGER), 0) AS distance
        FROM lineage
    ) l ON l.indicator = v.indicator AND v.year + l.distance BETWEEN l.year_from AND l.year_to
    JOIN dataset d ON d.id = l.dataset
    JOIN publisher p ON p.id = d.publisher
    GROUP BY v.indicator, v.year
)
"""

FIGURES_WHERE = """
    ($indicators IS NULL OR list_contains($indicators, v.indicator))
    AND ($areas IS NULL OR list_contains($areas, v.area_id))
    AND ($first IS NULL OR v.year >= $first) AND ($last IS NULL OR v.year <= $last)
    AND v.sector = '' AND v.occupation = ''
"""

COUNT_FIGURES = f"SELECT count(*) AS rows FROM indicator_value v WHERE {FIGURES_WHERE}"  # noqa: S608

FIGURES = f"""
WITH {SERVED}
SELECT v.indicator,
       CASE $language WHEN 'en' THEN i.name_en ELSE i.name_de END AS indicator_name,
       v.area_id, CASE $language WHEN 'en' THEN a.name_en ELSE a.name_de END AS area_name,
       a.level, v.year,
       CASE $language WHEN 'en' THEN i.reference_en ELSE i.reference_de END AS reference,
       v.value, v.lower, v.upper, i.unit, v.mark, v.qualifier, v.rank, v.rank_low, v.rank_high,
       v.n, s.source, s.attribution, s.licence, (SELECT id FROM release) AS release
FROM indicator_value v
JOIN indicator i ON i.id = v.indicator
JOIN theme t ON t.id = i.theme
JOIN area a USING (area_id)
LEFT JOIN served s ON s.indicator = v.indicator AND s.year = v.year
WHERE {FIGURES_WHERE}
ORDER BY t.position, i.position, v.area_id, v.year
"""  # noqa: S608

OBSERVATIONS_WHERE = """
    o.dataset = $dataset
    AND ($measures IS NULL OR list_contains($measures, o.measure))
    AND ($areas IS NULL OR list_contains($areas, o.area_id))
    AND ($first IS NULL OR o.year >= $first) AND ($last IS NULL OR o.year <= $last)
    AND ($sectors IS NULL OR list_contains($sectors, o.sector))
    AND ($occupations IS NULL OR list_contains($occupations, o.occupation))
    AND ($breakdowns IS NULL OR list_contains($breakdowns, o.breakdown))
"""

COUNT_OBSERVATIONS = f"SELECT count(*) AS rows FROM observation o WHERE {OBSERVATIONS_WHERE}"  # noqa: S608

OBSERVATIONS = f"""
SELECT o.dataset, o.measure,
       CASE $language WHEN 'en' THEN m.name_en ELSE m.name_de END AS measure_name,
       o.area_id, CASE $language WHEN 'en' THEN a.name_en ELSE a.name_de END AS area_name,
       o.partner_id, o.year, o.reference AS reference_date, o.sector, o.occupation, o.breakdown,
       o.value, m.unit, o.mark, o.qualifier, o.published, f.path AS file, o.line, o."column",
       d.attribution, d.licence, (SELECT id FROM release) AS release
FROM observation o
JOIN measure m ON m.dataset = o.dataset AND m.measure = o.measure
JOIN dataset d ON d.id = o.dataset
LEFT JOIN area a ON a.area_id = o.area_id
LEFT JOIN source_file f ON f.id = o.file
WHERE {OBSERVATIONS_WHERE}
ORDER BY o.measure, o.area_id, o.partner_id, o.year, o.sector, o.occupation, o.breakdown
"""  # noqa: S608

# What a table can be narrowed by.
PARTS = """
SELECT list_sort(list(DISTINCT measure)) AS measures, list_sort(list(DISTINCT year)) AS years,
       list_sort(list(DISTINCT sector)) AS sectors,
       list_sort(list(DISTINCT occupation)) AS occupations,
       list_sort(list(DISTINCT breakdown)) AS breakdowns
FROM observation WHERE dataset = $dataset
"""

MEASURES = "SELECT * FROM measure WHERE dataset = $dataset ORDER BY measure"

ORIGINS = """
SELECT DISTINCT d.id AS dataset, d.table_code, p.name_de AS publisher_name_de,
       p.name_en AS publisher_name_en, d.title_de, d.title_en, d.licence, d.licence_url,
       d.attribution, d.reference_de, d.reference_en, d.note_de, d.note_en, f.vintage,
       f.retrieved, coalesce(nullif(f.url, ''), d.url) AS url
FROM dataset d
JOIN publisher p ON p.id = d.publisher
LEFT JOIN source_file f ON f.dataset = d.id AND f.status IN ('used', 'partly_used')
    AND ($last IS NULL OR f.year_from <= $last) AND ($first IS NULL OR f.year_to >= $first)
WHERE list_contains($datasets, d.id)
ORDER BY d.id, f.vintage
"""

DATASETS_OF = """
SELECT DISTINCT dataset FROM lineage WHERE list_contains($indicators, indicator) ORDER BY dataset
"""

# What the codes of a dimension are called.
NAMES = {
    "sectors": "SELECT code, name_de, name_en FROM sector",
    "occupations": "SELECT code, name_de, name_en FROM occupation",
}

# What holds for every row of an indicator in a year, and the names of areas in a given order.
SAID = f"""
WITH {SERVED}
SELECT s.indicator, s.year, s.source, s.attribution, s.licence, i.unit,
       CASE $language WHEN 'en' THEN i.name_en ELSE i.name_de END AS indicator_name,
       CASE $language WHEN 'en' THEN i.reference_en ELSE i.reference_de END AS reference,
       (SELECT id FROM release) AS release
FROM served s JOIN indicator i ON i.id = s.indicator
WHERE list_contains($indicators, s.indicator)
"""  # noqa: S608

NAMED = """
SELECT CASE $language WHEN 'en' THEN name_en ELSE name_de END FROM area
WHERE list_contains($areas, area_id) ORDER BY list_position($areas, area_id)
"""
