"""Serves settings of Django, whose folder and module are the first two arguments, by WSGI over plain HTTP on the port that is the third."""

import os
import sys
import types
from wsgiref.simple_server import WSGIRequestHandler, make_server

folder, module, port = sys.argv[1:]
sys.path.insert(0, folder)
os.environ["DJANGO_SETTINGS_MODULE"] = module

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.middleware.csrf import get_token  # noqa: E402
from django.urls import path  # noqa: E402

urls = types.ModuleType("served_urls")


def view(request):
    get_token(request)
    return HttpResponse("secure" if request.is_secure() else "plain")


class ToHttps:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.environ["wsgi.url_scheme"] = "https"
        return self.get_response(request)


urls.ToHttps = ToHttps
urls.urlpatterns = [path("", view)]
sys.modules["served_urls"] = urls


class Quiet(WSGIRequestHandler):
    def log_message(self, *words):
        pass


make_server("127.0.0.1", int(port), get_wsgi_application(), handler_class=Quiet).serve_forever()
