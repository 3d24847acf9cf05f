"""Goals of the Masterplan and their progress, and notes that tell a story."""

from pages._ui import share, shell
from pages._ui.goals import view

page = shell.start("pages/masterplan.py")
share.link(page, view.show(page))
shell.finish(page)
