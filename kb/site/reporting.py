"""Where readers tell that a fact is wrong: an address that is filled in for each requirement."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

_TITLE = "Wrong fact: {title}"
_BODY = "Page: {page}\nRequirement: {requirement}\nContent of: {date}\n\nWhat is wrong:\n"
# By how the host's name ends.
_FORMS = {
    "hub.com": "/issues/new?title={title}&body={body}",
    "lab.com": "/-/issues/new?issue[title]={title}&issue[description]={body}",
}
_SCHEMES = ("https", "http", "mailto")


def template(stated: object, repo_url: str | None) -> str | None:
    """Return the address with places to fill in: the stated one, else that of the repository.

    None where neither is known, and where what is stated is no address of the web or of mail.
    """
    if isinstance(stated, str):
        return stated if urlsplit(stated).scheme in _SCHEMES else None
    host = urlsplit(repo_url or "").netloc
    form = next((form for end, form in _FORMS.items() if host.endswith(f"git{end}")), None)
    if repo_url is None or form is None:
        return None
    title, body = (_kept(one) for one in (_TITLE, _BODY))
    return repo_url.rstrip("/") + form.replace("{title}", title).replace("{body}", body)


def filled(address: str, **values: str) -> str:
    """Return an address with its places filled in; others in it are left as they are.

    >>> filled("https://a/?t={title}&d={date}", title="a b", date="")
    'https://a/?t=a%20b&d='
    """
    for name, value in values.items():
        address = address.replace(f"{{{name}}}", quote(value, safe=""))
    return address


def _kept(text: str) -> str:
    """Return a text for an address, its places not yet filled in."""
    return quote(text, safe="{}")
