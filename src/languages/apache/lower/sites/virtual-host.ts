import { forAdmitted } from '../../../../tls/model/admitted.ts';
import { challengePath } from '../../../../tls/model/challenge-path.ts';
import type { PathAnswer, Site, TlsSettings } from '../../../../tls/model/server-model.ts';
import { knownValue, unknown, type Value } from '../../../../tls/model/setting.ts';
import { answerTo, documentRootOf } from '../../answers/answer.ts';
import type { RequestFacts } from '../../answers/rewrite-conditions.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import { type FolderFiles, folderFilesOn, noFolderFiles } from '../../evaluate/folder-files.ts';
import { locationOf } from '../../evaluate/statement.ts';
import type { ServerScope } from '../scopes/scopes.ts';
import { hasHeadersInSections, mayRedirect, mayRefuse } from '../scopes/shortcuts.ts';
import { openAnswer, type unseenIn } from '../scopes/unseen.ts';
import type { httpsRequired } from '../tls/managed.ts';
import { switchedOffProtocols } from '../tls/protocol-list.ts';
import { addedToRequests } from './request-headers.ts';
import { headersInFolder, lowerRoutes } from './routes.ts';

/** What a virtual host's answers are found by. */
interface Questions {
  readonly scope: ServerScope;
  readonly facts: RequestFacts;
  readonly resolve: (path: string) => string;
  readonly unseen: ReturnType<typeof unseenIn>;
  readonly required: ReturnType<typeof httpsRequired>;
  readonly evaluation: Evaluation;
  readonly complete: boolean;
}

type Parts = Pick<
  Site,
  'id' | 'label' | 'location' | 'block' | 'names' | 'bindings' | 'tls' | 'tlsBeforeCommands' | 'headers'
> & {
  readonly condition: string | undefined;
  readonly questions: Questions;
};

/** A virtual host, or the main server. What it answers is found when somebody asks: rules look at few answers of few sites. */
export class VirtualHost implements Site {
  readonly id: string;
  readonly label: string;
  readonly location: Site['location'];
  readonly block: Site['block'];
  readonly names: Site['names'];
  readonly bindings: Site['bindings'];
  readonly tls: TlsSettings;
  readonly tlsBeforeCommands: TlsSettings | undefined;
  readonly headers: Site['headers'];
  readonly condition: string | undefined;
  readonly application = 'http';
  readonly #questions: Questions;
  #routes: Site['routes'] | undefined;
  #challengeAnswer: PathAnswer | undefined;
  #rootAnswer: PathAnswer | undefined;

  constructor(parts: Parts) {
    const { id, label, location, block, names, bindings, tls, tlsBeforeCommands, headers, condition, questions } =
      parts;
    this.id = id;
    this.label = label;
    this.location = location;
    this.block = block;
    this.names = names;
    this.bindings = bindings;
    this.tls = tls;
    this.tlsBeforeCommands = tlsBeforeCommands;
    this.headers = headers;
    this.condition = condition;
    this.#questions = questions;
  }

  /** The same with other bindings. */
  boundBy(bindings: Site['bindings']): VirtualHost {
    const { id, label, location, block, names, tls, tlsBeforeCommands, headers, condition } = this;
    const questions = this.#questions;
    const parts = { id, label, location, block, names, bindings, tls, tlsBeforeCommands, headers, condition };
    return new VirtualHost({ ...parts, questions });
  }

  /** `SSLProtocol` stands in it or in the main server; a command for OpenSSL that bounds the versions is none. */
  get namesProtocols(): boolean {
    const { own, inherited } = this.#questions.scope;
    return own.has('sslprotocol') || inherited.has('sslprotocol');
  }

  get switchedOff(): TlsSettings['protocols'] {
    return switchedOffProtocols(this.#questions.scope);
  }

  get routes(): Site['routes'] {
    const { scope, resolve } = this.#questions;
    this.#routes ??= lowerRoutes(scope, this.headers, resolve, this.#inRootFolder.sections);
    return this.#routes;
  }

  get routesShareHeaders(): boolean {
    const { scope, evaluation } = this.#questions;
    return !hasHeadersInSections(scope, evaluation) && evaluation.folderFiles.size === 0;
  }

  /** With those that the sections of its folder, and its `.htaccess` files, give to it. */
  get rootHeaders(): Site['rootHeaders'] {
    const answer = forAdmitted(this.rootAnswer);
    if (this.routesShareHeaders || answer.kind !== 'files') return undefined;
    const { scope } = this.#questions;
    return headersInFolder(scope, this.headers, `${answer.directory}/`, this.#inRootFolder.sections);
  }

  /** Of the scheme mod_proxy tells nothing by itself. */
  backendHeaders(): Value<readonly string[]> {
    const { evaluation, complete, scope } = this.#questions;
    if (!complete || evaluation.unseen.size > 0) return unknown('a part of the configuration is not read here');
    return addedToRequests(scope, evaluation);
  }

  get challengeAnswer(): PathAnswer {
    this.#challengeAnswer ??= this.#answerChallenge();
    return this.#challengeAnswer;
  }

  get rootAnswer(): PathAnswer {
    this.#rootAnswer ??= this.#answerTo('/');
    return this.#rootAnswer;
  }

  /** A virtual host speaks one of the schemes, whichever is asked for. */
  answerUnder(name: string, _scheme: 'http' | 'https', path = '/'): PathAnswer {
    const answer = this.#answerTo(path, name);
    const found = forAdmitted(answer);
    if (path === '/' || found.kind !== 'files') return answer;
    const { unseen } = this.#folderFiles(`${found.directory}/`);
    return unseen === undefined ? answer : { kind: 'unknown', reason: `${unseen} may say otherwise` };
  }

  get folderRules(): string | undefined {
    return forAdmitted(this.rootAnswer).kind === 'files' ? this.#inRootFolder.unseen : undefined;
  }

  /** Of the folder that `/` is answered from, or else of the document root. */
  get #inRootFolder(): FolderFiles {
    const { scope, resolve } = this.#questions;
    const answer = forAdmitted(this.rootAnswer);
    const folder = answer.kind === 'files' ? answer.directory : documentRootOf(scope, resolve);
    return folder === undefined ? noFolderFiles : this.#folderFiles(`${folder}/`);
  }

  get neverRedirects(): boolean {
    const { scope, required, evaluation } = this.#questions;
    return !required && !mayRedirect(scope, evaluation) && evaluation.folderFiles.size === 0;
  }

  get refusesAll(): boolean {
    const { scope, evaluation } = this.#questions;
    if (!mayRefuse(scope, evaluation) && evaluation.folderFiles.size === 0) return false;
    const { rootAnswer } = this;
    return rootAnswer.kind === 'status' && rootAnswer.status >= 400;
  }

  #answerChallenge(): PathAnswer {
    const managed = this.tls.managed && knownValue(this.tls.managed)?.[0];
    return managed ? { kind: 'managed', location: managed.location } : this.#answer(challengePath, 'files');
  }

  #answerTo(path: string, name?: string): PathAnswer {
    const { facts, required } = this.#questions;
    if (!required || facts.https !== false) return this.#answer(path, 'redirect', name);
    const to = `https://${name ?? this.names[0]?.text}${path}`;
    return { kind: 'redirect', status: required.status, to, location: locationOf(required.by) };
  }

  #answer(path: string, certain: PathAnswer['kind'], name?: string): PathAnswer {
    const { scope, facts, resolve, unseen } = this.#questions;
    const folderFiles = (file: string) => this.#folderFiles(file);
    const asked = name === undefined ? facts : { ...facts, names: [name] };
    return openAnswer(answerTo(path, asked, { scope, resolve, folderFiles }), certain, unseen);
  }

  #folderFiles(file: string): FolderFiles {
    const { scope, evaluation } = this.#questions;
    return folderFilesOn(evaluation, scope.block, file);
  }
}
