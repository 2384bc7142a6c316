"""The document, and a page that shows it, from local assets and under its own CSP."""

from importlib.resources import files

from flask import Blueprint, Response, jsonify, make_response, render_template

from app.openapi import document

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
START = "SwaggerUIBundle({url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true});\n"

blueprint = Blueprint(
    "docs",
    __name__,
    static_folder=str(files("flask_swagger_ui") / "dist"),
    static_url_path="/docs/assets",
)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    return jsonify(document())


@blueprint.get("/docs")
def docs() -> Response:
    response = make_response(render_template("docs.html"))
    response.headers["Content-Security-Policy"] = CSP
    return response


@blueprint.get("/docs/start.js")
def start() -> Response:
    return Response(START, mimetype="text/javascript")
