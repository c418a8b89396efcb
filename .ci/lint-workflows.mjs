// Lints the workflows: against the schema, and against what this repository asks of them. Exit code 1 on any finding.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const { parse } = require('yaml');
const { validateWorkflow } = require('@action-validator/core');

// Actions whose digest is not known here, each with the reason. There is none: what has no known digest is not used.
const unpinned = new Map([]);

const pinned = /^\s*(?:- )?uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
const spoken = /\$\{\{[^}]*\b(github\.(event|head_ref|ref_name)|inputs)\b/;
let findings = 0;
const report = (file, text) => {
  findings += 1;
  console.error(`${file}: ${text}`);
};

for (const path of process.argv.slice(2)) {
  const file = basename(path);
  const text = readFileSync(path, 'utf8');
  const { errors } = validateWorkflow(text);
  errors.forEach((error) => report(file, JSON.stringify(error)));
  text.split('\n').forEach((line, index) => {
    const action = /^\s*(?:- )?uses: ([^@\s]+)/.exec(line)?.[1];
    if (action && !unpinned.has(action) && !pinned.test(line)) {
      report(file, `line ${index + 1}: ${action} is not pinned; expected a commit of 40 digits and "# v1.2.3" behind it`);
    }
  });

  const workflow = parse(text);
  if (workflow.permissions === undefined) {
    report(file, 'permissions are missing; expected "permissions: {}" or "contents: read" for the whole workflow');
  }
  const granted = Object.entries(workflow.permissions ?? {}).filter(([, access]) => access === 'write');
  granted.forEach(([scope]) => report(file, `permissions: ${scope} is writable in every job; grant it to the job that needs it`));
  for (const [name, job] of Object.entries(workflow.jobs)) {
    if (!Number.isInteger(job['timeout-minutes'])) {
      report(file, `job ${name} has no timeout-minutes`);
    }
    for (const [service, { image }] of Object.entries(job.services ?? {})) {
      if (!image.includes(':') || image.endsWith(':latest')) {
        report(file, `service ${service} of job ${name} names no version: ${image}`);
      }
    }
    for (const step of job.steps) {
      if (step.uses?.startsWith('actions/checkout@') && step.with?.['persist-credentials'] !== false) {
        report(file, `job ${name} checks out without "persist-credentials: false"`);
      }
      if (step.run && spoken.test(step.run)) {
        report(file, `job ${name} puts what others write into a script; give it as env: ${spoken.exec(step.run)[0]} …`);
      }
    }
  }
}
console.log(`${process.argv.length - 2} workflows linted, ${findings} findings`);
process.exit(findings === 0 ? 0 : 1);
