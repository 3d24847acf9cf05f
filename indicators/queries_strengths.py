"""The questions about strengths in SQL; parameters by name, never put together from user input."""

# The name of a code, by kind: sectors, occupations, or clusters.
NAMED = """
SELECT 'sector' AS family, code, name_de, name_en, parent FROM sector
UNION ALL SELECT 'occupation', code, name_de, name_en, parent FROM occupation
UNION ALL SELECT 'cluster', id, name_de, name_en, NULL FROM cluster
"""
FAMILY = """
CASE WHEN s.kind LIKE 'cluster%' THEN 'cluster' WHEN s.kind = 'occupation' THEN 'occupation'
ELSE 'sector' END
"""
FIGURES = """
s.persons, s.lower, s.upper, s.share, s.lq, s.lq_low, s.lq_high, s.symmetric_lq, s.growth,
s.rank, s.rank_low, s.rank_high, s.n, s.mark, s.few, s.stars
"""

YEARS = """
SELECT kind, code, year, published, secret, persons, total FROM strength_reference
WHERE kind = $kind ORDER BY code, year
"""

CODES = f"""
WITH named AS ({NAMED})
SELECT DISTINCT s.code, n.name_de, n.name_en, n.parent
FROM strength_reference s JOIN named n ON n.family = {FAMILY} AND n.code = s.code
WHERE s.kind = $kind ORDER BY s.code
"""  # noqa: S608

MAP = f"""
SELECT a.area_id, a.name_de, a.name_en, a.short_de, a.short_en, a.in_region, {FIGURES}
FROM area a
LEFT JOIN strength s
    ON s.area_id = a.area_id AND s.kind = $kind AND s.code = $code AND s.year = $year
WHERE a.level = 'kreis' AND {{vintage}} AND {{where}}
ORDER BY a.area_id
"""  # noqa: S608

AREA = f"""
WITH named AS ({NAMED})
SELECT s.code, n.name_de, n.name_en, {FIGURES}
FROM strength s JOIN named n ON n.family = {FAMILY} AND n.code = s.code
WHERE s.kind = $kind AND s.area_id = $area AND s.year = $year
ORDER BY s.code
"""  # noqa: S608

CELLS = f"""
SELECT s.area_id, s.code, {FIGURES}
FROM strength s
WHERE s.kind = $kind AND s.year = $year AND list_contains($areas, s.area_id)
    AND (len($codes) = 0 OR list_contains($codes, s.code))
ORDER BY s.area_id, s.code
"""  # noqa: S608

SERIES = f"""
SELECT s.area_id, s.year, {FIGURES}
FROM strength s
WHERE s.kind = $kind AND s.code = $code AND list_contains($areas, s.area_id)
ORDER BY s.area_id, s.year
"""  # noqa: S608

TOTALS = """
SELECT area_id, persons FROM strength_total
WHERE kind = $kind AND year = $year AND list_contains($areas, area_id) ORDER BY area_id
"""

CLUSTERS = "SELECT * FROM cluster ORDER BY position"

MEMBERS = f"""
WITH named AS ({NAMED})
SELECT m.cluster, m.field, m.code, coalesce(n.name_de, a.name_de) AS name_de,
       coalesce(n.name_en, a.name_en) AS name_en
FROM cluster_member m
JOIN cluster c ON c.id = m.cluster
LEFT JOIN named n ON n.code = m.code AND n.family =
    CASE m.field WHEN 'divisions' THEN 'sector' WHEN 'occupations' THEN 'occupation' END
LEFT JOIN area a ON m.field = 'areas' AND a.area_id = m.code
ORDER BY c.position, m.field, m.code
"""  # noqa: S608

PROFILES = f"""
SELECT s.code AS cluster, s.kind, s.area_id, s.year, {FIGURES}, v.vacancies
FROM strength s
LEFT JOIN cluster_vacancy v ON s.kind = 'cluster_occupation' AND v.cluster = s.code
    AND v.area_id = s.area_id AND v.year = s.year
JOIN cluster c ON c.id = s.code
WHERE list_contains($areas, s.area_id)
    AND (s.kind = 'cluster_occupation' AND s.year = $year OR s.kind = 'cluster_division'
         AND s.year = (SELECT max(year) FROM strength WHERE kind = 'cluster_division'))
ORDER BY c.position, s.kind, s.area_id
"""  # noqa: S608

CLOSEST = """
SELECT r.position, r.occupation, o.name_de, o.name_en, r.year, r.density, r.stability,
       r.recurrence, s.persons, s.lower, s.upper, s.lq, s.mark, s.few
FROM relatedness r
JOIN occupation o ON o.code = r.occupation
LEFT JOIN strength s ON s.kind = 'occupation' AND s.code = r.occupation
    AND s.area_id = r.area_id AND s.year = r.year
WHERE r.area_id = $area AND r.position <= $n
ORDER BY r.position, r.occupation
"""

COMPLEXITY = """
SELECT * FROM complexity WHERE list_contains($areas, area_id) ORDER BY area_id, year
"""

TWINS = """
SELECT t.position, t.twin_id, a.name_de, a.name_en, a.short_de, a.short_en, l.name_de AS land_de,
       l.name_en AS land_en, t.distance, t.reason
FROM twin t JOIN area a ON a.area_id = t.twin_id LEFT JOIN area l ON l.area_id = a.parent
WHERE t.area_id = $area AND t.position <= $n ORDER BY t.position
"""

SOURCES = """
SELECT DISTINCT d.id AS dataset, d.table_code, p.name_de AS publisher_name_de,
       p.name_en AS publisher_name_en, d.title_de, d.title_en, d.licence, d.licence_url,
       d.attribution, d.reference_de, d.reference_en, f.vintage, f.retrieved,
       coalesce(nullif(f.url, ''), d.url) AS url
FROM dataset d
JOIN publisher p ON p.id = d.publisher
LEFT JOIN source_file f ON f.dataset = d.id AND f.status IN ('used', 'partly_used')
    AND f.year_from <= $year AND f.year_to >= $year
WHERE list_contains($datasets, d.id)
ORDER BY list_position($datasets, d.id), f.vintage
"""

FEATURES = """
SELECT 'industry' AS kind, code, name_de, name_en FROM sector
UNION ALL SELECT 'occupation', code, name_de, name_en FROM occupation
"""
