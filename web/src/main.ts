// The start of the page: language, data, route, then everything else.
import { mount } from 'svelte';
import App from './App.svelte';
import { startLanguage } from './lib/i18n.svelte';
import { startRoute } from './lib/route.svelte';
import { startSource } from './lib/source.svelte';
import './style.css';

startLanguage();
startSource();
startRoute();
const place = document.getElementById('page');
if (place !== null) {
  place.replaceChildren();
  mount(App, { target: place });
}
