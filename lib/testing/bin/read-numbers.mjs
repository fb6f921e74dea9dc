import { parseArgs } from 'node:util';

/** Whole numbers, one or several with commas between. */
const NUMBERS = /^[1-9]\d*(,[1-9]\d*)*$/;

/**
 * What was given to a tool, by name; `defaults` says what there is and stands for what is not given. Where that is a list, several
 * numbers may be given. Whoever gives something else is told what would be right, and the process ends with status 2.
 * @template {Readonly<Record<string, number | number[]>>} Defaults
 * @param {string} tool
 * @param {Defaults} defaults
 * @param {readonly string[]} [args]
 * @returns {{ readonly [Name in keyof Defaults]: Defaults[Name] }}
 */
export function readNumbers(tool, defaults, args = process.argv.slice(2)) {
  const names = Object.keys(defaults);
  const refuse = (why) => {
    const known = names.map((name) => `--${name} (${defaults[name]})`).join(', ');
    console.error(`${tool}: ${why}\nOptions, with what they are unless given: ${known}.`);
    process.exit(2);
  };
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
  let values;
  try {
    values = parseArgs({ args, options }).values;
  } catch (error) {
    if (!String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
    // Node goes on to explain how to give such a thing after all, which is of no use here.
    return refuse(error.message.split('. ')[0]);
  }
  for (const [name, text] of Object.entries(values)) {
    const isList = Array.isArray(defaults[name]);
    if (!NUMBERS.test(text) || (!isList && text.includes(',')))
      return refuse(
        `--${name} takes ${isList ? 'whole numbers with commas between' : 'a whole number'}, not '${text}'`,
      );
  }
  return Object.fromEntries(
    names.map((name) => {
      const given = values[name];
      if (given === undefined) return [name, defaults[name]];
      return [name, Array.isArray(defaults[name]) ? given.split(',').map(Number) : Number(given)];
    }),
  );
}
