"""Visits as Streamlit's frontend makes them, without a browser: the page, its WebSocket, reruns with the widgets' values."""

from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NumberInput_pb2 import NumberInput
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

PATIENCE = 60  # seconds
NUMBERS = {NumberInput.INT: ("int_value", int), NumberInput.FLOAT: ("double_value", float)}


class Visit:
    """A page that a browser has open: `address`, its query string; `widgets`, {key: WidgetState} as the browser keeps them."""

    def __init__(self, socket):
        self.socket, self.address, self.page, self.widgets, self.shown = socket, "", "", {}, {}

    def message(self, **values):
        """A rerun as the browser asks for it, with values {key: value} of widgets changed."""
        for key, value in values.items():
            state = self.widgets[key] if key in self.widgets else WidgetState(id=self.shown[key].id)
            field = {int: "int_value", float: "double_value", str: "string_value", bytes: "json_value"}[type(value)]
            setattr(state, field, value)
            self.widgets[key] = state
        message = BackMsg()
        message.rerun_script.query_string, message.rerun_script.page_script_hash = self.address, self.page
        message.rerun_script.widget_states.widgets.extend(self.widgets.values())
        return message

    def ask(self, **values):
        """Asks for a rerun, does not wait."""
        self.socket.send(self.message(**values).SerializeToString())

    def rerun(self, **values):
        """Asks for a rerun and waits for its end."""
        self.ask(**values)
        return self.finished()

    def finished(self):
        """Reads until a run of the page has come to its end by itself."""
        while True:
            told = ForwardMsg()
            told.ParseFromString(self.socket.recv(timeout=PATIENCE))
            kind = told.WhichOneof("type")
            if kind == "page_info_changed":
                self.address = told.page_info_changed.query_string
            elif kind == "new_session":
                self.page = told.new_session.page_script_hash
            elif kind == "delta":
                self._show(told.delta.new_element)
            elif kind == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return self

    def _show(self, element):
        """Keeps a widget as it is shown, and what the server has set it to."""
        kind = element.WhichOneof("type")
        shown = getattr(element, kind) if kind else None
        if not getattr(shown, "id", "").startswith("$$ID"):
            return
        key = shown.id.split("-", 2)[2]
        self.shown[key] = shown
        if getattr(shown, "set_value", False) and kind == "number_input":
            field, kind = NUMBERS[shown.data_type]
            self.widgets[key] = WidgetState(id=shown.id, **{field: kind(shown.value)})


@contextmanager
def visiting(server, query="", kept=None):
    """A Visit after its first run. `kept`: another Visit, whose browser this is and whose server is gone."""
    server.ask(f"/?{query}")
    address = f"ws://127.0.0.1:{server.port}{server.base}/_stcore/stream"
    with connect(
        address,
        origin=f"http://127.0.0.1:{server.port}",
        subprotocols=["streamlit"],
        max_size=None,
        open_timeout=PATIENCE,
        close_timeout=1,
    ) as socket:
        visit = Visit(socket)
        visit.address = query
        if kept:
            visit.address, visit.page, visit.widgets, visit.shown = kept.address, kept.page, kept.widgets, kept.shown
        else:
            visit.rerun()
        yield visit
