/** Endings of templates, as the middle of a regular expression: a configuration by such a name is one that a tool fills in. */
export const templateEndings =
  'template|tmpl|tpl|tftpl|gotmpl|ctmpl|j2|jinja2?|erb|epp|hbs|handlebars|mustache|sigil|stpl|mako|ejs|liquid|njk|twig|blade\\.php';
