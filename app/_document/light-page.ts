import { chooseTheme } from '../_client/choose-theme';
import { readTheme } from '../_ui/theme';

/** Makes the choice of light in the page's head do what it says. */
export function lightPage(): void {
  document.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === 'theme') chooseTheme(readTheme(target.value));
  });
}
