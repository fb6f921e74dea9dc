import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLabSocket } from './lab-socket';

/** A line whose other end is this test. */
class FakeLine extends EventTarget {
  static readonly OPEN = 1;
  static readonly made: FakeLine[] = [];
  readyState = 0;
  constructor() {
    super();
    FakeLine.made.push(this);
  }
  answer() {
    this.readyState = FakeLine.OPEN;
    this.dispatchEvent(new Event('open'));
  }
  close() {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }
  send() {}
}

const events = { onOpen: vi.fn(), onMessage: vi.fn(), onLost: vi.fn() };

beforeEach(() => {
  FakeLine.made.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeLine);
  vi.stubGlobal('location', { protocol: 'http:', host: 'localhost' });
  vi.stubGlobal('window', new EventTarget());
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

test('a server that accepts and never answers is given up, and tried again', () => {
  const line = openLabSocket('w', events);
  vi.advanceTimersByTime(9_999);
  expect(events.onLost).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(events.onLost).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(FakeLine.made).toHaveLength(2);
  FakeLine.made[1]?.answer();
  expect(events.onOpen).toHaveBeenCalledTimes(1);
  line.close();
});

test('a line that was answered stays, and one that breaks is opened again', () => {
  const line = openLabSocket('w', events);
  FakeLine.made[0]?.answer();
  vi.advanceTimersByTime(60_000);
  expect(events.onLost).not.toHaveBeenCalled();
  FakeLine.made[0]?.close();
  expect(events.onLost).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(FakeLine.made).toHaveLength(2);
  line.close();
});

test('a line refused at first, then answered, is not given up afterwards', () => {
  const line = openLabSocket('w', events);
  FakeLine.made[0]?.close();
  vi.advanceTimersByTime(1_000);
  FakeLine.made[1]?.answer();
  vi.advanceTimersByTime(60_000);
  expect(events.onLost).toHaveBeenCalledTimes(1);
  expect(FakeLine.made).toHaveLength(2);
  line.close();
});

test('a page that leaves tries no more', () => {
  const line = openLabSocket('w', events);
  line.close();
  vi.advanceTimersByTime(60_000);
  expect(FakeLine.made).toHaveLength(1);
  expect(events.onLost).not.toHaveBeenCalled();
});
