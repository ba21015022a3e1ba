import segno


def qr(address: str, *, light: str = "#ffffff") -> str:
    """The square of an address, as a data address; a picture of points, because curves take WeasyPrint ten times as long."""
    return segno.make(address, error="m", boost_error=False).png_data_uri(
        scale=4, border=0, dark="#1c2733", light=light
    )
