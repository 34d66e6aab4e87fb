"""What a class knows: the addresses of its pages, each to be found in a module of its own."""

from flask import Blueprint

from quizapp.web import class_activity, class_forecast, class_map, class_room, class_student

bp = Blueprint("classroom", __name__)
bp.add_app_template_filter(class_room.between, "between")
bp.add_app_template_filter(class_room.likely, "likely")
bp.add_app_template_filter(class_map.level_of, "level_of")
bp.add_app_template_global(class_activity.squares_of, "squares_of")
bp.add_app_template_global(class_room.title_of, "topic_title")
bp.add_app_template_global(class_room.name_of, "topic_name")

bp.add_url_rule("/courses/<int:course_id>/map", "show_map", class_map.show)
bp.add_url_rule("/courses/<int:course_id>/students", "students", class_map.students)
bp.add_url_rule("/courses/<int:course_id>/students/<int:user_id>", "student", class_student.show)
bp.add_url_rule("/courses/<int:course_id>/forecast", "forecast", class_forecast.show)
bp.add_url_rule("/courses/<int:course_id>/activity", "activity", class_activity.show)
