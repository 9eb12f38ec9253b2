from .base import *

# Nothing here is for anybody else, so nothing of it has to be secure.
DEBUG = True
SESSION_COOKIE_SECURE = False
