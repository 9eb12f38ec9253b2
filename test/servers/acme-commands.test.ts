import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCommand } from '../../src/acme/run-command.ts';

test('a command that leaves a program running is not waited for, and one that fails says how', {
  timeout: 20_000,
}, async () => {
  await runCommand(['sh', '-c', 'sleep 60 & exit 0']);
  await assert.rejects(runCommand(['sh', '-c', 'exit 4']), /^Error: it ended with exit code 4$/);
  await assert.rejects(runCommand(['sh', '-c', 'echo no such zone >&2; exit 4']), /^Error: no such zone$/);
  // As apachectl does.
  const talkative =
    'printf "syntax error in /etc/x:\\nInvalid command\\nAction failed.\\n\\nSee the log.\\n" >&2; exit 1';
  const words = /^Error: syntax error in \/etc\/x: \/ Invalid command \/ Action failed\. \/ See the log$/;
  await assert.rejects(runCommand(['sh', '-c', talkative]), words);
  const { PATH } = process.env;
  process.env['PATH'] = '/usr/bin:/bin';
  const echo = runCommand(['sh', '-c', 'echo $PATH >&2; exit 1']).finally(() => {
    process.env['PATH'] = PATH;
  });
  await assert.rejects(echo, /^Error: \/usr\/bin:\/bin:\/usr\/local\/sbin:\/usr\/local\/bin:\/usr\/sbin:\/sbin$/);
  await assert.rejects(runCommand(['no-such-program']), /there is no program “no-such-program” here/);
  await assert.rejects(runCommand(['sleep', '9'], { timeout: 100 }), /^Error: it did not end within 0\.1 seconds$/);
  await assert.rejects(runCommand(['sh', '-c', 'kill -9 $$']), /^Error: it was ended by SIGKILL$/);
  // Nobody answers what it asks.
  await runCommand(['sh', '-c', 'read answer; exit 0']);
  const deaf = ['sh', '-c', "trap '' TERM; echo waiting for a lock >&2; while :; do sleep 0.1; done"];
  const late = /^Error: it did not end within 0\.3 seconds and said last: waiting for a lock$/;
  await assert.rejects(runCommand(deaf, { timeout: 300, grace: 100 }), late);
  const stopped = new AbortController();
  const running = ['echo $$ >&2; exec sleep 9', "echo $$ >&2; trap '' TERM; sleep 5; exit"].map((words) =>
    runCommand(['sh', '-c', words], { signal: stopped.signal, grace: 200 }),
  );
  setTimeout(() => stopped.abort(), 200);
  for (const each of running) {
    const message = await each.catch(String);
    const [, id] = /^Error: it was interrupted and said last: (\d+)$/.exec(String(message)) ?? [];
    assert.throws(() => process.kill(Number(id), 0), /ESRCH/, `also one that does not care has ended: ${message}`);
  }
  const before = runCommand(['sleep', '9'], { signal: stopped.signal });
  await assert.rejects(before, /^Error: it was interrupted$/);
});
