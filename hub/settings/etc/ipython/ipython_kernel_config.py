import os
import sys

sys.path.append(os.path.expanduser("~/great-leap-forward"))  # the student's own glf_utils, last
