"""Settings of Sphinx for the reading edition."""

project = html_title = "Great Leap Forward"
author = "the authors of the Great Leap Forward notebooks"
language = "en"
extensions = ["myst_nb"]
nb_execution_mode = "off"
nb_merge_streams = True
nb_ipywidgets_js = {}
nb_code_prompt_show = "What the cell shows (guess first)"
nb_code_prompt_hide = "Fold it again"
myst_enable_extensions = ["attrs_inline", "deflist"]
myst_heading_anchors = 3
suppress_warnings = ["myst.header", "mystnb.mime_priority"]
html_theme = "pydata_sphinx_theme"
html_theme_options = {
    "navbar_center": [],
    "navbar_persistent": [],
    "navbar_end": ["search-button-field", "theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": [],
    "footer_end": [],
    "show_prev_next": True,
    "back_to_top_button": False,
}
html_sidebars = {"**": ["contents.html"]}
html_static_path = ["look"]
html_css_files = ["edition.css"]
html_js_files = ["edition.js", "live.js"]
templates_path = ["templates"]
html_use_index = html_copy_source = html_show_sourcelink = html_show_sphinx = (
    html_show_copyright
) = False
html_show_search_summary = False  # it would fetch pages, which a folder on disk forbids
