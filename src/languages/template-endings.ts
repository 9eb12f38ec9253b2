/** What tools put behind the name of what they make from a template, the most usual ones. */
const usualEndings = ['', '.template', '.j2', '.jinja', '.erb', '.epp', '.tmpl', '.tpl'];

/** Names of files, and of templates that become them. */
export function withTemplates(...names: readonly string[]): readonly string[] {
  return names.flatMap((name) => usualEndings.map((ending) => name + ending));
}

/** Endings of templates, as the middle of a regular expression: a configuration by such a name is one that a tool fills in. */
export const templateEndings =
  'template|tmpl|tpl|tftpl|gotmpl|ctmpl|j2|jinja2?|erb|epp|hbs|handlebars|mustache|sigil|stpl|mako|ejs|liquid|njk|twig|blade\\.php';
