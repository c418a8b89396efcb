// Reads what `terraform test -json -verbose` says of the deployment in terraform/tests/documents.tftest.hcl.
import { readFileSync } from 'node:fs';

/** Outputs of the module and attributes of its resources, by address. */
export function deployed(file) {
  const state = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"test_state"'))
    .map((line) => JSON.parse(line).test_state)
    .find(Boolean);
  if (!state) {
    throw new Error(`${file} holds no state: expected the output of terraform test -json -verbose that passed`);
  }
  return {
    outputs: Object.fromEntries(Object.entries(state.outputs).map(([name, { value }]) => [name, value])),
    resources: Object.fromEntries(state.root_module.resources.map(({ address, values }) => [address, values])),
  };
}
