"""What the web server adds to the library: routes, assets and the stage as a Streamlit component."""
