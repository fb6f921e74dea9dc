import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askForLab } from './ask-for-lab';

async function answered(text: string, given: { slug?: string; title?: string } = {}) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = '';
  output.on('data', (piece) => {
    shown += String(piece);
  });
  input.end(text);
  const lab = await askForLab({ slug: given.slug, title: given.title }, { input, output });
  return { lab, shown };
}

describe('[K13] portside lab new asks for what it is not told', () => {
  it('takes answers that are pasted all at once, wrong ones among them', async () => {
    const { lab, shown } = await answered('My Door\nmy-door\n\nA door.\nten\n0\n12\n');
    expect(lab).toEqual({ slug: 'my-door', title: 'My door', summary: 'A door.', minutes: 12 });
    expect(shown.match(/Lower-case words joined by hyphens, please\./g)).toHaveLength(1);
    expect(shown.match(/A whole number, please\./g)).toHaveLength(2);
  });

  it('has something for each question that is left open, and asks nothing that was given', async () => {
    const { lab, shown } = await answered('\n\n', { slug: 'front-door', title: 'The door' });
    expect(lab).toEqual({
      slug: 'front-door',
      title: 'The door',
      summary: 'To be written: what it is about.',
      minutes: 20,
    });
    expect(shown).not.toContain('Title');
  });

  it('ends when the answers do', async () => {
    await expect(answered('my-door\n')).rejects.toThrow(
      'the questions were not answered; nothing was written',
    );
  });
});
