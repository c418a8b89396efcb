// Lints the state machines as they are deployed: as Terraform rendered them, or rendered here with an ARN for each function, by
// two linters that find different mistakes. Exit code 1 on any finding.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const validate = require('asl-validator');
const { getLanguageService } = require('amazon-states-language-service');
const { TextDocument } = require('vscode-languageserver-textdocument');

const service = getLanguageService({});
let findings = 0;
const report = (file, text) => {
  findings += 1;
  console.error(`${file}: ${text}`);
};

for (const file of process.argv.slice(2)) {
  const rendered = readFileSync(file, 'utf8').replace(
    /\$\{([a-z_]+)_arn\}/g,
    (_, name) => `arn:aws:lambda:eu-west-2:000000000000:function:resync-${name.replaceAll('_', '-')}`,
  );
  if (rendered.includes('${') || rendered.includes('%{')) {
    report(file, 'holds something to substitute besides function ARNs, or a Terraform directive');
  }
  const { isValid, errors } = (validate.default ?? validate)(JSON.parse(rendered));
  if (!isValid) {
    errors.forEach((error) => report(file, JSON.stringify(error)));
  }
  const document = TextDocument.create(`file:///${file}`, 'json', 1, rendered);
  const diagnostics = await service.doValidation(document, service.parseJSONDocument(document));
  diagnostics.forEach(({ message, range }) => report(file, `line ${range.start.line + 1}: ${message}`));
}
console.log(`${process.argv.length - 2} state machines linted, ${findings} findings`);
process.exit(findings === 0 ? 0 : 1);
