"""The rows of running the site."""

from support.matrix.rows import Access, Row, given

_LIST = ("q", "sort", "page")
_USER, _SHUT = {"user_id": "former"}, {"user_id": "shut"}
_NAMED = {"name": "Our school", "notice": "Exams are near.", "sign_up": "", "language": "fi", "zone": ""}
_SETTINGS = given(**_NAMED, minutes_a_day="25", retention="85")

SITE = (
    Row("GET", "/health", Access.ANYBODY, 200),
    Row("GET", "/admin", Access.ADMINS, 200),
    Row("POST", "/admin/check", Access.ADMINS, 303),
    Row("GET", "/admin/storage", Access.ADMINS, 200),
    Row("GET", "/admin/courses", Access.ADMINS, 200),
    Row("GET", "/admin/users", Access.ADMINS, 200, query=("role", "state")),
    Row("GET", "/admin/users/<int:user_id>", Access.ADMINS, 200, _USER),
    Row("POST", "/admin/users/<int:user_id>/role", Access.ADMINS, 303, _USER, given(role="instructor"), changes=True),
    Row("POST", "/admin/users/<int:user_id>/disable", Access.ADMINS, 303, _USER, changes=True),
    Row("POST", "/admin/users/<int:user_id>/enable", Access.ADMINS, 303, _SHUT, changes=True),
    Row("POST", "/admin/users/<int:user_id>/reset-link", Access.ADMINS, 200, _USER, changes=True),
    Row("GET", "/admin/log-ins", Access.ADMINS, 200, query=("by", "sort")),
    Row("GET", "/admin/audit", Access.ADMINS, 200, query=(*_LIST, "action", "course", "period")),
    Row("GET", "/admin/audit.csv", Access.ADMINS, 200, query=("course", "period")),
    Row("GET", "/admin/settings", Access.ADMINS, 200),
    Row("POST", "/admin/settings", Access.ADMINS, 303, fields=_SETTINGS, changes=True),
)
