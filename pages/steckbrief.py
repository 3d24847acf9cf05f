"""Datasheet of one area, on the screen and as a PDF."""

from pages._ui import share, shell
from pages._ui.sheet import view as sheet

page = shell.start("pages/steckbrief.py")
view = sheet.read(page)
sheet.show(page, view)
share.link(page, view.address())
shell.finish(page)
