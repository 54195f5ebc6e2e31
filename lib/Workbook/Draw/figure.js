// Draws one figure in place. `document.currentScript` is not to be relied on in editors, so the place is found by its content's hash.
(function (figure, hash, source, integrity) {
  function places() {
    return document.querySelectorAll('.wb-figure[data-figure="' + hash + '"]:not([data-drawn])');
  }

  // The text takes the colour of the text around it, so a figure follows whatever theme the page has.
  function paint(place) {
    var colour = getComputedStyle(place).color;
    if (place.dataset.colour === colour) return;
    place.dataset.colour = colour;
    window.Plotly.relayout(place, { 'font.color': colour });
  }

  function draw() {
    places().forEach(function (place) {
      place.dataset.drawn = 'true';
      place.textContent = '';
      var own = JSON.parse(JSON.stringify(figure));
      window.Plotly.newPlot(place, own.data, own.layout, own.config)
        .then(function () { return own.frames && window.Plotly.addFrames(place, own.frames); })
        .then(function () {
          // Drawn, it has buttons: the words stay its name, and the shapes of a picture that stands still say nothing.
          place.setAttribute('role', 'group');
          if (!own.frames) place.querySelectorAll('svg.main-svg').forEach(function (svg) { svg.setAttribute('aria-hidden', 'true'); });
          paint(place);
          var again = function () { if (place.isConnected) paint(place); };
          matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
          new MutationObserver(again).observe(document.documentElement, { attributes: true });
          new MutationObserver(again).observe(document.body, { attributes: true });
        });
    });
  }

  function load() {
    window.workbookPlotly = window.workbookPlotly || new Promise(function (done, failed) {
      var script = document.createElement('script');
      script.src = source;
      script.integrity = integrity;
      script.crossOrigin = 'anonymous';
      script.onload = done;
      script.onerror = failed;
      document.head.appendChild(script);
    });
    return window.workbookPlotly;
  }

  if (window.Plotly) draw();
  else load().then(draw, function () {
    places().forEach(function (place) {
      place.append(' (The picture is not drawn: plotly.js could not be loaded from ' + source + '.)');
    });
  });
})
