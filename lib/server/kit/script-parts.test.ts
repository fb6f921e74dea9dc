import { describe, expect, it } from 'vitest';
import { partText, scriptOf, scriptParts } from './script-parts';

describe('[K6] a script is read command by command', () => {
  it.each([
    ['single lines', 'a\n\nb 1\n', ['a', 'b 1']],
    ['comments are left out', '# why\na\n', ['a']],
    ['a continued line stays whole', 'a \\\n  --b\nc', ['a \\\n  --b', 'c']],
    [
      'a here-document stays whole',
      "cat > f <<'END'\nx\n\n# y\nEND\nkubectl apply -f f",
      ["cat > f <<'END'\nx\n\n# y\nEND", 'kubectl apply -f f'],
    ],
  ])('%s', (_what, script, parts) => {
    expect(scriptParts(script).map(partText)).toEqual(parts);
    expect(scriptParts(scriptOf(scriptParts(script)))).toEqual(scriptParts(script));
  });
});
