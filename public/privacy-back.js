// The way back from the privacy page to where one was: the survey puts its own path behind the #. Without a script the links
// lead to the start page. In old JavaScript, for the same browsers as cannot-start.js.
(function (path) {
  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  // Paths of this server alone, whoever made the link.
  if (!/^\/[\w-]+(\/[\w-]+)*$/.test(path)) return;

  each('[data-back]', function (link) {
    link.href = path;
    link.addEventListener('click', function (event) {
      // A page in a tab of its own has nothing to go back to, and follows the link.
      if (history.length < 2) return;
      event.preventDefault();
      history.back();
    });
  });

  // Another language takes this page's place in the history, so that one step back is still the survey.
  each('a[hreflang]', function (link) {
    link.hash = path;
    link.addEventListener('click', function (event) {
      event.preventDefault();
      location.replace(link.href);
    });
  });
})(location.hash.slice(1));
