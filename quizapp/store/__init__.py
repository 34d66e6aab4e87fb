"""The database: engine, models, migrations and queries."""
