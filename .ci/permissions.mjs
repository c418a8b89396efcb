// Makes docs/permissions.md from the statements of terraform/permissions.tf: permissions.mjs STATE [--write]
// Without --write the file is compared; exit code 1 where it is not current.
import { readFileSync, writeFileSync } from 'node:fs';
import { deployed } from './deployed.mjs';

const file = new URL('../docs/permissions.md', import.meta.url);
const { outputs, resources } = deployed(process.argv[2]);
const functions = Object.keys(outputs.function_version_arns).sort();

// ARNs as they are in any deployment.
const account = resources['data.aws_caller_identity.current'].account_id;
const region = resources['data.aws_region.current'].name;
const named = (arn) =>
  arn
    .replace(/^arn:aws:secretsmanager:.*/, 'the secret, `mongo_secret_arn`')
    .replace(/^arn:aws:kms:.*of-the-secret$/, 'the key, `mongo_secret_kms_key_arn`')
    .replace(/^arn:aws:kms:.*/, 'the key, `kms_key_arn`')
    .replace(/^arn:aws:([a-z]+):[^:]*:[^:]*:(.*)$/, '`$1: $2`')
    .replaceAll('resync_north', 'resync_ENV')
    .replaceAll(account, 'ACCOUNT')
    .replaceAll(region, 'REGION')
    .replace(/^\*$/, '`*`');

const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (statements, first) => [
  row([...(first ? [first] : []), 'may', 'on', 'why']),
  row(Array(first ? 4 : 3).fill('---')),
  ...statements.map(({ who, effect, actions, on, condition, when, why }) =>
    row([
      ...(first ? [who] : []),
      (effect === 'Deny' ? '**not** ' : '') + actions.map((action) => `\`${action}\``).join(', '),
      on.join('<br>') + (condition ? `<br>where ${condition}` : ''),
      (when ? `*${when}*: ` : '') + why,
    ]),
  ),
];

const statements = outputs.permissions.map((statement) => ({
  ...statement,
  who: statement.role,
  on: statement.resources.map(named),
  condition: statement.condition.replace(/^\w+ (\S+) (.*)$/, (_, key, value) => `\`${key}\` is ${named(value)}`),
}));
const ofFunctions = statements.filter(({ role }) => functions.includes(role));
const own = (statement) => ({
  ...statement,
  on: statement.on.map((arn) => arn.replaceAll(`resync_ENV_${statement.role}`, 'resync_ENV_NAME')),
  condition: statement.condition.replaceAll(`resync_ENV_${statement.role}`, 'resync_ENV_NAME'),
});
const alike = Map.groupBy ? Map.groupBy : (list, key) => list.reduce((all, one) => all.set(key(one), [...(all.get(key(one)) ?? []), one]), new Map());
const groups = [...alike(ofFunctions.map(own), ({ sid, actions, on, condition }) => JSON.stringify([sid, actions, on, condition])).values()];
const common = groups.filter((group) => group.length === functions.length).map(([first]) => first);
const commonSids = common.map(({ sid }) => sid);

const page = `# Permissions

Made from \`terraform/permissions.tf\`, where each statement stands beside its reason; \`.ci/terraform\` checks that this page is current
and \`.ci/terraform --write\` makes it anew.

Each function, each state machine, the rule and the schedules have a role of their own, called \`resync_ENV_NAME\`. ENV is the name of
the environment, NAME that of the function; account and region, which are those of the deployment in every ARN, are left out. An
ARN ends in \`*\` where what it is for has no name yet: streams of a log, published versions of a function, executions.
No role names anything of another environment, and \`*\` alone stands only where AWS knows no ARN: traces, log deliveries of state
machines, network interfaces. \`terraform/tests/permissions.tftest.hcl\` holds the policies to this. Database rights are not in here.

## Every function

${table(common).join('\n')}

## Single functions

Beside what every function may:

${table(ofFunctions.filter(({ sid }) => !commonSids.includes(sid)), 'function').join('\n')}

## State machines, rule and schedules

${table(statements.filter(({ role }) => !functions.includes(role)), 'role').join('\n')}
`;

if (process.argv[3] === '--write') {
  writeFileSync(file, page);
} else if (readFileSync(file, 'utf8') !== page) {
  console.error('docs/permissions.md is not what terraform/permissions.tf says. Run .ci/terraform --write and look at what changed.');
  process.exit(1);
}
