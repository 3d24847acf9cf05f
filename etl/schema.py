"""The tables of a release up to the observations; `indicators.build` adds its own."""

SCHEMA = """
CREATE TABLE area(area_id VARCHAR PRIMARY KEY, level VARCHAR, name_de VARCHAR, name_en VARCHAR,
    short_de VARCHAR, short_en VARCHAR, nuts VARCHAR, parent VARCHAR, in_region BOOLEAN,
    area_km2 DOUBLE, valid_from DATE, valid_to DATE);
CREATE TABLE area_change(area_id VARCHAR, successor VARCHAR, kind VARCHAR, date DATE,
    source VARCHAR);
CREATE TABLE sector(code VARCHAR, level VARCHAR, parent VARCHAR, name_de VARCHAR,
    name_en VARCHAR);
CREATE TABLE occupation(code VARCHAR, level VARCHAR, parent VARCHAR, name_de VARCHAR,
    name_en VARCHAR);
CREATE TABLE publisher(id VARCHAR, name_de VARCHAR, name_en VARCHAR, url VARCHAR);
CREATE TABLE dataset(id VARCHAR, publisher VARCHAR, table_code VARCHAR, title_de VARCHAR,
    title_en VARCHAR, licence VARCHAR, licence_url VARCHAR, attribution VARCHAR,
    citation VARCHAR, url VARCHAR, reference_de VARCHAR, reference_en VARCHAR,
    note_de VARCHAR, note_en VARCHAR);
CREATE TABLE measure(dataset VARCHAR, measure VARCHAR, unit VARCHAR, additive BOOLEAN,
    name_de VARCHAR, name_en VARCHAR);
CREATE TABLE source_file(id INTEGER, dataset VARCHAR, path VARCHAR, url VARCHAR,
    retrieved DATE, vintage VARCHAR, sha256 VARCHAR, bytes BIGINT, year_from SMALLINT,
    year_to SMALLINT, rows BIGINT, status VARCHAR, reason_de VARCHAR, reason_en VARCHAR);
CREATE TABLE freshness(dataset VARCHAR, newest_year SMALLINT, retrieved DATE, edition VARCHAR,
    published_after SMALLINT, expected DATE);
CREATE TABLE observation(dataset VARCHAR, measure VARCHAR, area_id VARCHAR, partner_id VARCHAR,
    year SMALLINT, reference DATE, sector VARCHAR, occupation VARCHAR, breakdown VARCHAR,
    value DOUBLE, mark VARCHAR, qualifier VARCHAR, published VARCHAR, file INTEGER,
    line INTEGER, "column" VARCHAR);
CREATE TABLE delivery(division VARCHAR, share_2014_domestic DOUBLE, share_2019_lower DOUBLE,
    share_2019_upper DOUBLE, lower DOUBLE, upper DOUBLE, industry_2014 VARCHAR,
    industry_2019 VARCHAR);
CREATE TABLE press_figure(id VARCHAR, area_id VARCHAR, value DOUBLE, unit VARCHAR, date VARCHAR,
    rung SMALLINT, counts_de VARCHAR, counts_en VARCHAR, source_url VARCHAR);
CREATE TABLE powertrain(group_id VARCHAR, dependence DOUBLE, name_de VARCHAR, name_en VARCHAR);
CREATE TABLE check_result(dataset VARCHAR, "check" VARCHAR, scope VARCHAR, status VARCHAR,
    expected VARCHAR, found VARCHAR, detail_de VARCHAR, detail_en VARCHAR);
CREATE TABLE release(id VARCHAR, built TIMESTAMP, snapshot_sha256 VARCHAR, code_sha256 VARCHAR,
    boundaries VARCHAR, newest_year SMALLINT, format INTEGER);
"""
