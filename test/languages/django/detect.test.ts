import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { detectLanguage } from '../../../src/analysis/languages.ts';

const startproject = `import os
SECRET_KEY = 'x'
DEBUG = True
ALLOWED_HOSTS = []
INSTALLED_APPS = ['django.contrib.admin']
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
ROOT_URLCONF = 'site.urls'
`;

const isDjango = (file: string, text: string) => detectLanguage(file, text)?.id === 'django';

describe('settings of Django are recognised', () => {
  const cases: readonly (readonly [file: string, text: string])[] = [
    ['/site/settings.py', startproject],
    ['/site/conf/prod.py', startproject],
    ['/site/anything.py', startproject],
    ['/talk/settings.py', "import os\n\nCSRF_COOKIE_SECURE = os.getenv('SECURE_COOKIES') == 'yes'\n"],
    ['/talk/settings.py', 'import os\n\nCSRF_'],
    ['/site/settings/production.py', 'from .base import *\n\nDEBUG = False\n'],
    ['/site/settings/production.py', 'from .base import *  # noqa\nSECURE_HSTS_SECONDS = 60\n'],
    ['/site/prod.py', 'from site.settings import *\nDATABASES = {}\nSECURE_SSL_REDIRECT = True\n'],
    ['/site/settings_local.py', 'EMAIL_USE_TLS = True\n'],
    ['/site/settings.dist.py', 'EMAIL_USE_TLS = True\n'],
    ['/netbox/configuration.py', "ALLOWED_HOSTS = ['a.example']\nCSRF_TRUSTED_ORIGINS = ['a.example']\n"],
    [
      '/site/settings.py',
      `from pydantic_settings import BaseSettings\nclass Environment(BaseSettings):\n    secure: bool = True\n${startproject}`,
    ],
  ];
  for (const [file, text] of cases) test(`${file}: ${text.split('\n')[0]}`, () => assert.ok(isDjango(file, text)));
});

describe('other files of Python are not', () => {
  const cases: readonly (readonly [what: string, file: string, text: string])[] = [
    [
      'settings of Flask',
      '/app/settings.py',
      "from flask import Flask\nSECRET_KEY = 'x'\nSESSION_COOKIE_SECURE = True\n",
    ],
    ['a configuration of Flask', '/app/config.py', "SECRET_KEY = 'x'\nDEBUG = False\nSESSION_COOKIE_SECURE = True\n"],
    [
      'settings of Scrapy',
      '/bot/settings.py',
      "BOT_NAME = 'x'\nSPIDER_MODULES = ['x.spiders']\nROBOTSTXT_OBEY = True\n",
    ],
    [
      'settings of Starlette',
      '/app/settings.py',
      "from starlette.config import Config\nDEBUG = config('DEBUG')\nALLOWED_HOSTS = ['x']\nDATABASES = {}\n",
    ],
    ['models', '/site/models.py', 'from django.db import models\n\nclass A(models.Model):\n    pass\n'],
    ['a test', '/site/test_settings_reader.py', "import pytest\n\ndef test_x():\n    INSTALLED_APPS = ['x']\n"],
    ['a package of settings without any', '/site/settings/__init__.py', ''],
    [
      'settings of an application',
      '/lib/rest/settings.py',
      'from django.conf import settings\nDEFAULTS = {}\nclass APISettings:\n    pass\n',
    ],
    ['Django itself', '/usr/lib/python3/dist-packages/django/conf/global_settings.py', startproject],
    [
      'configure() in a script',
      '/x/run.py',
      "from django.conf import settings\nsettings.configure(\n    INSTALLED_APPS=['a'],\n    MIDDLEWARE=[],\n    ROOT_URLCONF='x',\n)\n",
    ],
    ['a word about it', '/site/docs.py', '"""\nINSTALLED_APPS goes here\n"""\n'],
    ['a configuration of anything', '/x/configuration.py', "ALLOWED_HOSTS = ['a.example']\nDEBUG = False\n"],
    ['another language', '/site/settings.js', startproject],
  ];
  for (const [what, file, text] of cases) test(what, () => assert.ok(!isDjango(file, text)));
});
