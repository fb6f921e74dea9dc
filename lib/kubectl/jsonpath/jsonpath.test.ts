import { describe, expect, it } from 'vitest';
import { parseTemplate, renderTemplate } from '../go-template';
import { PathError, renderPath } from './evaluate-path';
import { goSyntax } from './go-text';
import { PathSyntaxError, parsePath, relaxPath } from './parse-path';

const DATA = {
  kind: 'List',
  items: [
    {
      name: 'a',
      labels: { 'app.kubernetes.io/name': 'x', n: '1' },
      ports: [80, 443],
      phase: 'Running',
      cpu: 2,
    },
    { name: 'b', labels: { n: '2' }, ports: [8080], phase: 'Pending', cpu: 1 },
  ],
};

const shown = (template: string, allowMissingKeys = true): string => {
  try {
    return renderPath(parsePath(template), DATA, { allowMissingKeys });
  } catch (error) {
    if (error instanceof PathError || error instanceof PathSyntaxError) return `! ${error.message}`;
    throw error;
  }
};

describe('[K5] JSONPath means what client-go means', () => {
  it.each([
    ['{.items[*].name}', 'a b'],
    ['{.items[0].name}', 'a'],
    ['{.items[-1].name}', 'b'],
    ['{.items[0:2].name}', 'a b'],
    ['{.items[*].ports[0]}', '80 8080'],
    ["{.items[*]['name','phase']}", 'a b Running Pending'],
    ['{range .items[*]}{.name}{"\\t"}{.phase}{"\\n"}{end}done', 'a\tRunning\nb\tPending\ndone'],
    ['{.items[?(@.phase=="Running")].name}', 'a'],
    ['{.items[?(@.cpu<2)].name}', 'b'],
    ['{.items[?(@.labels.n)].name}', 'a b'],
    ['{.items[0].labels.app\\.kubernetes\\.io/name}', 'x'],
    ["{.items[0].labels['app\\.kubernetes\\.io/name']}", 'x'],
    ['{.items[0].ports}', '[80,443]'],
    ['{.items[1].labels}', '{"n":"2"}'],
    ['{..n}', '1 2'],
    ['name: {.kind}!', 'name: List!'],
    ['{.nothing}', ''],
    ['{$.kind} {@.kind}', 'List List'],
    ['{.items[5].name}', '! array index out of bounds: index 5, length 2'],
    ['{.kind', '! unclosed action'],
    ['{.items[0}', '! unterminated array'],
    ['{.items[x]}', '! invalid array index x'],
    ['{"a}', '! unterminated quoted string'],
    ['{.kind[0]}', '! string is not array or slice'],
  ])('%s', (template, text) => {
    expect(shown(template)).toBe(text);
  });

  it('names a missing key when none may be missing', () => {
    expect(shown('{.nothing}', false)).toBe('! nothing is not found');
  });

  it.each([
    ['metadata.name', '{.metadata.name}'],
    ['.metadata.name', '{.metadata.name}'],
    ['{.metadata.name}', '{.metadata.name}'],
  ])('relaxes %s', (path, relaxed) => {
    expect(relaxPath(path)).toBe(relaxed);
  });

  it('prints values in Go syntax for errors', () => {
    expect(goSyntax({ b: [1, 'x'], a: null })).toBe(
      'map[string]interface {}{"a":interface {}(nil), "b":[]interface {}{1, "x"}}',
    );
  });
});

describe('[K6] Go templates', () => {
  it.each([
    ['{{range .items}}{{.name}} {{end}}', 'a b '],
    ['{{range $i, $x := .items}}{{$i}}={{$x.name}};{{end}}', '0=a;1=b;'],
    ['{{if eq .kind "List"}}yes{{else}}no{{end}}', 'yes'],
    ['{{with index .items 1}}{{.name}}{{end}}', 'b'],
    ['{{len .items}} {{printf "%q %d" .kind 3}}', '2 "List" 3'],
    ['{{.a.b}}', '<no value>'],
    ['{{(index .items 0).labels}}', 'map[app.kubernetes.io/name:x n:1]'],
    ['{{"aGk=" | base64decode}}', 'hi'],
    ['{{define "t"}}<{{.}}>{{end}}{{template "t" .kind}}', '<List>'],
    ['{{block "b" .items}}{{len .}}{{end}}', '2'],
    ['{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}', '2'],
    ['{{slice "abcd" 1 3}}{{print 1 2 "a" "b" 3}}', 'bc1 2ab3'],
    ['{{printf "%03d|%-4s|%5.1f|%d" 7 "a" 2.26 "x"}}', '007|a   |  2.3|%!d(string=x)'],
    ['{{or .nosuch "b"}}{{and .kind ""}}', 'b'],
    ['x {{- " y " -}} z', 'x y z'],
  ])('%s', (template, text) => {
    expect(renderTemplate(parseTemplate(template), DATA)).toBe(text);
  });
});
