/**
 * Modules of nginx that a build may have as files, by their names in its configure script; the directives that only they
 * bring have the same name in the table of modules, or begin with it. `load` is the file, `package` Debian's.
 * Source: auto/options of nginx 1.31.5, packages of Debian 13.
 */
export const moduleFiles: Readonly<Record<string, { readonly load: string; readonly package: string }>> = {
  mail: { load: 'ngx_mail_module.so', package: 'libnginx-mod-mail' },
  stream: { load: 'ngx_stream_module.so', package: 'libnginx-mod-stream' },
  http_geoip: { load: 'ngx_http_geoip_module.so', package: 'libnginx-mod-http-geoip' },
  http_image_filter: { load: 'ngx_http_image_filter_module.so', package: 'libnginx-mod-http-image-filter' },
  http_perl: { load: 'ngx_http_perl_module.so', package: 'libnginx-mod-http-perl' },
  http_xslt_filter: { load: 'ngx_http_xslt_filter_module.so', package: 'libnginx-mod-http-xslt-filter' },
  stream_geoip: { load: 'ngx_stream_geoip_module.so', package: 'libnginx-mod-stream-geoip' },
};

/** What all builds of nginx of Debian 10 to 13 and Ubuntu 20.04 to 26.04 have only as files, if at all (`nginx -V`). */
export const debianModules: readonly string[] = [...Object.keys(moduleFiles), 'others'];
