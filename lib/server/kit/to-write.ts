/** Begins what a draft leaves to its author; a lab in which it still stands is not proved. */
export const TO_WRITE = 'To be written:';
