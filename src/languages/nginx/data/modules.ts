/**
 * Modules of nginx that a build may have as files, by their names in its configure script; the directives that only they
 * bring have the same name in the table of modules, or begin with it. `load` is the file, `package` Debian's, `nginxOrg` that of
 * nginx.org. Source: auto/options of nginx 1.31.5, packages of Debian 13, update.sh of nginx/docker-nginx.
 */
export const moduleFiles: Readonly<
  Record<string, { readonly load: string; readonly package: string; readonly nginxOrg?: string }>
> = {
  mail: { load: 'ngx_mail_module.so', package: 'libnginx-mod-mail' },
  stream: { load: 'ngx_stream_module.so', package: 'libnginx-mod-stream' },
  http_geoip: {
    load: 'ngx_http_geoip_module.so',
    package: 'libnginx-mod-http-geoip',
    nginxOrg: 'nginx-module-geoip',
  },
  http_image_filter: {
    load: 'ngx_http_image_filter_module.so',
    package: 'libnginx-mod-http-image-filter',
    nginxOrg: 'nginx-module-image-filter',
  },
  http_perl: {
    load: 'ngx_http_perl_module.so',
    package: 'libnginx-mod-http-perl',
    nginxOrg: 'nginx-module-perl',
  },
  http_xslt_filter: {
    load: 'ngx_http_xslt_filter_module.so',
    package: 'libnginx-mod-http-xslt-filter',
    nginxOrg: 'nginx-module-xslt',
  },
  stream_geoip: {
    load: 'ngx_stream_geoip_module.so',
    package: 'libnginx-mod-stream-geoip',
    nginxOrg: 'nginx-module-geoip',
  },
};

/**
 * What all builds of nginx of Debian 10 to 13 and Ubuntu 20.04 to 26.04 have only as files, if at all (`nginx -V`), and those of
 * Red Hat and Alpine too (nginx.spec, APKBUILD).
 */
export const debianModules: readonly string[] = [...Object.keys(moduleFiles), 'others'];

/** Those that nginx.org's own packages have as files; `mail` and `stream` are compiled in (`nginx -V` of nginx:1.29). */
export const nginxOrgModules: readonly string[] = debianModules.filter((name) => name !== 'mail' && name !== 'stream');
