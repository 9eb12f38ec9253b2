"""What Django makes of settings: a JSON list of cases on standard input, each a list of [path, text] with the main one first,
and a line of JSON for each on standard output. Every case has a process of its own."""

import importlib
import io
import json
import os
import sys
import tempfile
import types


def answers(files):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files:
            os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
            with open(os.path.join(folder, path), "w") as file:
                file.write(text)
        sys.path.insert(0, folder)
        sys.stderr = io.StringIO()
        name = files[0][0].removesuffix(".py").replace("/", ".")
        try:
            written = importlib.import_module(name)
        except BaseException as error:
            return {"unread": f"{type(error).__name__}: {error}"}
        return ask({key: value for key, value in vars(written).items() if key.isupper()})


def ask(written):
    """What a short sample leaves out on purpose is filled in."""
    settings = types.ModuleType("filled_in")
    filled = {
        "SECRET_KEY": "x" * 60 + "yzab0123",
        "ROOT_URLCONF": "filled_in_urls",
        "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
        **written,
    }
    hosts = written.get("ALLOWED_HOSTS", [])
    # What is no list is refused, which is not to be hidden.
    allowed = ["*"] if isinstance(hosts, (list, tuple)) else hosts
    vars(settings).update({**filled, "ROOT_URLCONF": "filled_in_urls", "ALLOWED_HOSTS": allowed})
    sys.modules["filled_in"] = settings
    os.environ["DJANGO_SETTINGS_MODULE"] = "filled_in"

    import django
    from django.core import checks
    from django.http import HttpResponse
    from django.middleware.csrf import get_token
    from django.urls import path

    def view(request):
        if hasattr(request, "session"):
            request.session["known"] = "yes"
        get_token(request)
        return HttpResponse("secure" if request.is_secure() else "plain")

    urls = types.ModuleType("filled_in_urls")
    urls.urlpatterns = [path("", view), path("health/", view)]
    sys.modules["filled_in_urls"] = urls
    try:
        django.setup()
        found = checks.run_checks(include_deployment_checks=True)
    except BaseException as error:
        return {"unread": f"{type(error).__name__}: {error}"}
    return {
        "values": {key: repr(getattr(django.conf.settings, key, "none")) for key in WATCHED},
        "checks": [message.id for message in found],
        "refused": [message.id for message in found if message.is_serious()],
        "plain": answer(secure=False),
        "health": answer(secure=False, path="/health/"),
        "secure": answer(secure=True),
        "form": form(),
        "proxied": answer(secure=False, HTTP_X_FORWARDED_PROTO="https"),
        "mail": mail(),
        "login": mail_login(),
        "origins": origins(django.conf.settings.CSRF_TRUSTED_ORIGINS),
        "hosts": hosts_of(hosts),
    }


WATCHED = json.loads(os.environ.get("WATCHED", "[]"))


def answer(secure, path="/", **environment):
    from django.test import Client

    try:
        response = Client(raise_request_exception=False).get(path, secure=secure, **environment)
    except BaseException as error:
        return {"status": 500, "body": f"{type(error).__name__}: {error}", "headers": {}, "cookies": {}}
    return {
        "status": response.status_code,
        "body": response.content.decode()[:200],
        "headers": {name.lower(): value for name, value in response.headers.items()},
        "cookies": {
            name: {
                "secure": bool(cookie["secure"]),
                "sameSite": cookie["samesite"],
                "path": cookie["path"],
                "domain": cookie["domain"],
            }
            for name, cookie in response.cookies.items()
        },
    }


def form():
    """The status of a form that a browser sends over HTTPS, whose server passes it on over plain HTTP."""
    from django.conf import settings
    from django.test import Client

    host = next((host for host in settings.CSRF_TRUSTED_ORIGINS), "https://www.example.com").split("//")[-1]
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    try:
        client.get("/", HTTP_HOST=host)
        token = client.cookies[settings.CSRF_COOKIE_NAME].value
        data = {"csrfmiddlewaretoken": token}
        return client.post("/", data, HTTP_HOST=host, HTTP_ORIGIN=f"https://{host}").status_code
    except BaseException:
        return 0


def origins(trusted):
    """Whether each entry by itself is trusted as browsers send it: without a path, in small letters, some name in the place of a star."""
    from urllib.parse import urlsplit

    from django.conf import settings
    from django.middleware.csrf import CsrfViewMiddleware
    from django.test import RequestFactory

    verified = {}
    for entry in trusted:
        if "://" not in entry:
            continue
        scheme, host = urlsplit(entry.strip().lower())[:2]
        name, _, port = host.replace("*", "any").partition(":")
        usual = {"https": "443", "http": "80"}.get(scheme)
        origin = f"{scheme}://{name.lstrip('.')}" + (f":{port}" if port and port != usual else "")
        request = RequestFactory().post("/", HTTP_ORIGIN=origin, HTTP_HOST="this.example", secure=True)
        settings.CSRF_TRUSTED_ORIGINS = [entry]
        try:
            verified[entry] = CsrfViewMiddleware(lambda request: None)._origin_verified(request)
        except BaseException:
            # Another setting has every request answered by an error.
            return {}
    return verified


def hosts_of(entries):
    """Whether each entry by itself allows what is meant by it: without scheme and path, some name in the place of a star."""
    from django.conf import settings
    from django.test import RequestFactory

    allowed = {}
    for entry in entries:
        host = entry.split("://")[-1].split("/")[0].split(",")[0].strip().replace("*", "any")
        host = f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host
        settings.ALLOWED_HOSTS = [entry]
        try:
            RequestFactory().get("/", HTTP_HOST=f"any{host}" if host.startswith(".") else host).get_host()
            allowed[entry] = True
        except BaseException:
            allowed[entry] = False
    return allowed


def mail():
    from django.core.mail import get_connection

    try:
        get_connection("django.core.mail.backends.smtp.EmailBackend")
        return None
    except BaseException as error:
        return f"{type(error).__name__}: {error}"


def mail_login():
    """What Django does at a mail server that lets it do anything: `TLS`, `login`."""
    import smtplib
    from django.core.mail.backends.smtp import EmailBackend

    done = []

    class Plain:
        def __init__(self, *_, **__):
            pass

        def starttls(self, **_):
            done.append("TLS")

        def login(self, *_):
            done.append("login")

    class Direct(Plain):
        def __init__(self, *_, **__):
            done.append("TLS")

    smtplib.SMTP, smtplib.SMTP_SSL = Plain, Direct
    try:
        EmailBackend().open()
    except BaseException as error:
        done.append(type(error).__name__)
    return done


def apart(files):
    """A process has one Django."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as pipe:
            pipe.write(json.dumps(answers(files)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        line = pipe.read()
    os.waitpid(child, 0)
    return line


import django.test  # noqa: E402, so that every case has it already

for case in json.load(sys.stdin):
    print(apart(case) or json.dumps({"unread": "it crashed"}), flush=True)
