import { readFile } from 'node:fs/promises';
import { AcmeProblem } from '../../acme/client/problem.ts';
import { detectLanguage } from '../../analysis/languages.ts';
import { analyseFile } from '../../analysis/run.ts';
import { defaultSettings } from '../../analysis/settings.ts';
import { nodeHost } from '../../host/node.ts';
import type { ServerModel } from '../../tls/model/server-model.ts';

/** What configurations of nginx and Apache say, each with its includes. @throws AcmeProblem where one is neither */
export async function readModels(files: readonly string[]): Promise<readonly ServerModel[]> {
  const models: ServerModel[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => {
      throw new AcmeProblem('not-found', `${file} cannot be read. Name a configuration file of nginx or Apache.`);
    });
    const language = detectLanguage(file, text);
    if (language === undefined) throw new AcmeProblem('not-found', `${file} is no configuration of nginx or Apache.`);
    const run = await analyseFile(file, text, language, {
      host: nodeHost,
      settings: defaultSettings,
      rules: [],
      now: new Date(),
    });
    models.push(run.model);
  }
  return models;
}
