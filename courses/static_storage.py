from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Scripts import each other by name: the names in them get the same fingerprint as the files."""

    support_js_module_import_aggregation = True
