"""Display a described figure: the picture, its caption, its description in words."""

from html import escape

from glf_utils.page.figure import complaints, to_png

WIDTH_PX = 740
FOLDED = "A figure"  # JupyterLab prints it where the output is folded, so it tells nothing


def show(fig):
    """Display a described figure: the picture, its caption, its description in words.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Finished by :func:`glf_utils.page.figure.describe`.

    Raises
    ------
    ValueError
        When the figure lacks its finding, units, sources or description.
    """
    from IPython.display import display

    told = getattr(fig, "description", None)
    missing = complaints(told)
    if missing:
        raise ValueError("this figure cannot be shown yet: " + "; ".join(missing))
    picture = {"image/png": to_png(fig), "text/plain": FOLDED}
    display(picture, raw=True, metadata={"image/png": {"alt": told.alt, "width": WIDTH_PX}})
    display(
        {
            "text/html": f'<p style="max-width:{WIDTH_PX}px"><small>{escape(told.caption)}'
            f"</small></p><details><summary><small>Description of the figure</small></summary>"
            f'<p style="max-width:{WIDTH_PX}px">{escape(told.alt)}</p></details>',
            "text/plain": f"{told.finding}\n{told.caption}\nDescription: {told.alt}",
        },
        raw=True,
    )
