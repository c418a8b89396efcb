// Writes the state machines as Terraform renders them: definitions.mjs STATE FOLDER
import { writeFileSync } from 'node:fs';
import { deployed } from './deployed.mjs';

const [state, folder] = process.argv.slice(2);
const { resources } = deployed(state);
for (const name of ['resync', 'restore']) {
  writeFileSync(`${folder}/${name}.asl.json`, resources[`aws_sfn_state_machine.machine["${name}"]`].definition);
}
