/** A reference to an image (distribution/reference). */
export const POD_IMAGE =
  /^[\w][\w.-]*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[\w][\w.-]{0,127})?(@[A-Za-z][\w.+-]*:[\da-fA-F]{32,})?$/;
