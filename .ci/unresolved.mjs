// Looks through terraform/ and statemachine/ for what must not be there: references to nothing, text that stands for something
// to be filled in, and regions, accounts and names of environments in code. Exit code 1 on any finding.
// References to Terraform's own names, such as ${local.nothing}, are not looked for: terraform validate finds them in code, and in
// a comment nothing depends on them. What a state machine leaves open is looked for here, since validate reads no ASL file.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const read = (file) => readFileSync(join(root, file), 'utf8');
const filesBelow = (folder) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => name !== '.terraform' && name !== '.terraform.lock.hcl')
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`]));

const findings = [];
const lines = (file, check) =>
  read(file)
    .split('\n')
    .forEach((line, index) => check(line, (what) => findings.push(`${file}:${index + 1}: ${what}: ${line.trim().slice(0, 120)}`)));

// Tests and their fixtures name what they compare. Variable files and backend settings are where such values belong. Sample
// inputs are edited before they are sent, and say what goes where.
const isTest = (file) => file.includes('/tests/');
const isValues = (file) => file.endsWith('.tfvars') || file.endsWith('backend.hcl');
const isSample = (file) => file.startsWith('statemachine/inputs/');
const all = [...filesBelow('terraform'), ...filesBelow('statemachine')];
const code = all.filter((file) => !isTest(file) && !isValues(file) && !isSample(file));

const TO_FILL_IN = /\b(TODO|FIXME|TBD|XXX+|CHANGE[-_ ]?ME|REPLACE[-_ ]?(ME|THIS)|YOUR[-_][A-Z_-]+|PLACEHOLDER|LOREM)\b|<[a-zA-Z][\w -]*>/;
all.filter((file) => !isSample(file)).forEach((file) => lines(file, (line, report) => TO_FILL_IN.test(line) && report('text to fill in')));
all.filter((file) => /\.(tf|tfvars|hcl)$/.test(file) && !isTest(file)).forEach((file) =>
  lines(file, (line, report) => /example\.(com|org|net)|\bfoo\b|\bbar\b/i.test(line) && report('text to fill in')));

const REGION = /\b(us|eu|ap|sa|ca|me|af|il|mx|cn)(-gov|-iso\w?)?-(north|south|east|west|central)(east|west)?-\d\b/;
const ACCOUNT = /(?<![\w.])\d{12}(?![\w.])/;
const profiles = readdirSync(join(root, 'environments')).filter((name) => name.endsWith('.json') && !name.includes('schema'));
const names = profiles.map((profile) => JSON.parse(read(`environments/${profile}`)).name).filter((name) => name !== 'local');
// Java packages begin with dev. and are no environment.
const NAMED = new RegExp(`(?<![\\w.-])(${[...names, 'prod', 'preprod', 'nonprod', 'uat', 'dev', 'qa'].join('|')})(?![\\w.-])`);
code.forEach((file) =>
  lines(file, (line, report) => {
    if (REGION.test(line)) report('a region in code');
    if (ACCOUNT.test(line)) report('an account in code');
    if (NAMED.test(line)) report('the name of an environment in code');
  }));

// An example speaks of its own environment only, in code and values.
const examples = { production: /pre-?prod/i, 'pre-production': /(?<!pre-)(?<!pre)production|(?<!pre)\bprod\b/i };
Object.entries(examples).forEach(([example, others]) =>
  filesBelow(`terraform/examples/${example}`).forEach((file) => lines(file, (line, report) => others.test(line) && report('another environment in this example'))));

// Functions: those of the code, of the module and of the state machines are the same.
const handlers = new Set(
  filesBelow('functions/stages/src/main/java').flatMap((file) => [...read(file).matchAll(/^@Named\("([a-z-]+)"\)/gm)].map(([, name]) => name)),
);
const deployed = new Set([...read('terraform/functions.tf').matchAll(/^ +"([a-z-]+)" += \{ memory/gm)].map(([, name]) => name));
handlers.forEach((name) => deployed.has(name) || findings.push(`terraform/functions.tf: the function ${name} of functions/stages is not deployed`));
deployed.forEach((name) => handlers.has(name) || findings.push(`terraform/functions.tf: functions/stages has no function ${name}`));
all.filter((file) => file.endsWith('.asl.json')).forEach((file) =>
  lines(file, (line, report) => {
    for (const [, reference] of line.matchAll(/\$\{([^}]*)\}/g)) {
      const name = reference.replace(/_arn$/, '').replaceAll('_', '-');
      if (!reference.endsWith('_arn') || !handlers.has(name)) report(`no function for \${${reference}}`);
    }
    if (line.includes('%{')) report('a Terraform directive');
    if (/arn:aws/.test(line) && !/"arn:aws:states:::lambda:invoke(\.waitForTaskToken)?"/.test(line)) report('an ARN in code');
  }));

// Files and headings that Terraform names.
const anchors = (file) => [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, title]) => title.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-'));
const terraform = all.filter((file) => file.endsWith('.tf'));
const runbook = 'docs/runbook.md';
terraform.forEach((file) =>
  lines(file, (line, report) => {
    const written = line.replaceAll('${local.runbook}', runbook);
    for (const [, page, anchor] of written.matchAll(/\b(docs\/[\w-]+\.md)(?:#([\w-]+))?/g)) {
      if (!existsSync(join(root, page))) report(`${page} does not exist`);
      else if (anchor && !anchors(page).includes(anchor)) report(`${page} has no heading #${anchor}`);
    }
    for (const [, path] of line.matchAll(/\$\{path\.module\}\/([^"$]+)"/g)) {
      if (!existsSync(join(root, dirname(file), path))) report(`${relative('.', path)} does not exist`);
    }
  }));

// What the README says of the module: each variable and each alarm.
const readme = read('README.md');
const inModule = (pattern) => terraform.filter((file) => /^terraform\/\w+\.tf$/.test(file)).flatMap((file) => [...read(file).matchAll(pattern)].map(([, name]) => name));
inModule(/^variable "(\w+)"/gm)
  .filter((name) => !readme.includes(`\`${name}\``))
  .forEach((name) => findings.push(`README.md: does not name the variable ${name} of terraform/`));
inModule(/^ +"([a-z-]+)" = \{\n +(?:metric|namespace) /gm)
  .filter((name) => !readme.includes(`\`${name}\``))
  .forEach((name) => findings.push(`README.md: does not name the alarm ${name} of terraform/alarms.tf`));

// Its commands ask the examples for outputs, and stand in the folder of the repository where they name a file.
for (const [, output] of readme.matchAll(/^[^#\n]*\bterraform [^\n]*\boutput (?:-raw )?(\w+)/gm)) {
  Object.keys(examples)
    .filter((example) => !read(`terraform/examples/${example}/outputs.tf`).includes(`output "${output}"`))
    .forEach((example) => findings.push(`README.md: asks for the output ${output}, which terraform/examples/${example} has not`));
}
for (const [, path] of readme.matchAll(/(?:-chdir=|^EXAMPLE=| )((?:terraform|statemachine)\/[\w./-]+)/gm)) {
  if (!existsSync(join(root, path.replace(/\.$/, '')))) findings.push(`README.md: ${path} does not exist`);
}

findings.forEach((finding) => console.error(finding));
console.log(`${all.length} files looked through, ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);
