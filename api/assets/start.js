"use strict";
// Shows the service's own description. It stands in a file because inline scripts are not allowed.
window.addEventListener("load", () => {
  window.SwaggerUIBundle({
    url: document.getElementById("api").dataset.description,
    dom_id: "#api",
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    validatorUrl: null,
  });
});
